package threadbook.lab.process;

import java.io.IOException;
import java.util.List;
import threadbook.runtime.Explained;

/// A program could not be started: there is none of that name, or it must not be run.
public final class NoSuchProgramException extends RuntimeException implements Explained {
    private static final long serialVersionUID = 1;

    private NoSuchProgramException(String message, IOException cause) {
        super(message, cause);
    }

    /// {@return the exception for a command whose program did not start}
    static NoSuchProgramException of(List<String> command, IOException cause) {
        String program = command.getFirst();
        String found = String.valueOf(cause.getMessage());
        String advice = advice(command, program, found);
        String said = says(found, 2)
                ? "there is none of that name" + (program.contains("/") ? "" : " in the folders of PATH")
                : found;
        return new NoSuchProgramException(
                "Expected a program \"%s\" that can be run; %s.%n%s".formatted(program, said, advice), cause);
    }

    private static String advice(List<String> command, String program, String found) {
        if (program.strip().contains(" ") && command.size() == 1) {
            return "Program and arguments are separate texts, as in run(\"%s\")."
                    .formatted(String.join("\", \"", program.strip().split("\\s+")));
        }
        if (says(found, 13)) {
            return "The file is there but may not be run: is it a folder, or not marked as executable?";
        }
        if (says(found, 7)) {
            return "The arguments are too long for the system: hand large data over by a file or by input.";
        }
        return "Is it spelled right, and installed here? A builtin of the shell needs one: run(\"sh\", \"-c\", \"…\").";
    }

    /// The JDK says the system's error number in one of two ways.
    private static boolean says(String found, int error) {
        return found.contains("error=%d,".formatted(error)) || found.contains("error: %d ".formatted(error));
    }
}
