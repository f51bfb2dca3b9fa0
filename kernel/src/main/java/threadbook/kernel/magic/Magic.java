package threadbook.kernel.magic;

import threadbook.kernel.cell.CellOutput;

/// One thing that a cell can ask of the kernel by a line such as `%about`.
interface Magic {

    /// {@return the name, without its `%`}
    String name();

    /// {@return what it does, in a few words}
    String purpose();

    /// Does it. Called before any Java of the cell is compiled.
    ///
    /// @param arguments  what follows the name in its line, trimmed, possibly empty
    void run(String arguments, CellOutput output);
}
