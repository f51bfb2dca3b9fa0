package threadbook.kernel.magic;

import java.util.function.UnaryOperator;
import threadbook.kernel.cell.CellOutput;

/// A magic that is answered with text, on standard output.
///
/// @param answer  what to print, by what follows the name in its line
record Question(String name, String purpose, UnaryOperator<String> answer) implements Magic {

    @Override
    public void run(String arguments, CellOutput output) {
        output.text(CellOutput.Stream.STDOUT, answer.apply(arguments) + "\n");
    }

    /// `%kill 7`.
    static Question kill(Threads threads) {
        return new Question("kill", "ends the threads of a cell: %kill 7", arguments -> {
            if (!arguments.matches("\\d{1,9}")) {
                return "Expected the number of a cell, as in %kill 7, found \"" + arguments
                        + "\". %threads lists the cells whose threads run.";
            }
            return threads.kill(Integer.parseInt(arguments));
        });
    }
}
