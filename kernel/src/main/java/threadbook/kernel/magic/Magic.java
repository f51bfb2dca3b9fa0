package threadbook.kernel.magic;

import java.util.Optional;
import threadbook.kernel.cell.CellOutput;

/// One thing that a cell can ask of the kernel by a line such as `%about`.
interface Magic {

    /// {@return the name, without its `%`}
    String name();

    /// {@return what it does, in a few words}
    String purpose();

    /// {@return why it cannot be done as the line asks, in a sentence}; then nothing of the cell is run
    default Optional<String> refusal(MagicLine line) {
        return Optional.empty();
    }

    /// Does it. Called before any Java of the cell is compiled.
    ///
    /// @param arguments  what follows the name in its line, trimmed, possibly empty
    void run(String arguments, CellOutput output);
}
