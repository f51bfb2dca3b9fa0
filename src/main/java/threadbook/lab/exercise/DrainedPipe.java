package threadbook.lab.exercise;

import java.util.List;
import threadbook.lab.exercise.Exercise.Claim;
import threadbook.lab.process.Child;

/// Lesson 01: a process that must come to its end although a program that it starts fills two pipes.
record DrainedPipe(String id, List<String> hints) implements Claim {
    private static final long LIMIT = 5_000; // ms
    private static final String REPORT = "done, 200000 bytes of errors";

    DrainedPipe {
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", process(() -> report()).start())".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 1 || !(values.getFirst() instanceof Child<?> child)) {
            throw new CheckFailed("Hand in the process that makes the report: " + usage());
        }
        if (!child.join(LIMIT)) {
            child.kill();
            throw new CheckFailed("After %d s it still waits, so it was ended: one pipe is full, and nobody reads it."
                    .formatted(LIMIT / 1000));
        }
        Object report = child.result();
        if (!REPORT.equals(report)) {
            throw new CheckFailed("It ends, but its report is \"%s\"; expected \"%s\".".formatted(report, REPORT));
        }
        return new Passed(id, "nobody waits for ever, and nothing is lost.");
    }
}
