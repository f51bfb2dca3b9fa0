package threadbook.lab.exercise;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import threadbook.lab.exercise.Exercise.Prediction;
import threadbook.lab.process.ChildRun;

/// Lesson 01: in which of several JVMs does the report get saved? Predicted first, then compared with what they wrote.
record SurvivingReports(String id, List<String> hints) implements Prediction {
    private static final String SAVED = "report saved";
    private static final int RUNS = 4;

    SurvivingReports {
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "predict(\"%1$s\", /* the runs that save it */), then check(\"%1$s\", /* the map of all runs */)"
                .formatted(id);
    }

    @Override
    public Passed judge(List<String> predicted, List<Object> values) {
        if (values.size() != 1 || !(values.getFirst() instanceof Map<?, ?> runs) || runs.size() != RUNS) {
            throw new CheckFailed("Hand in the map with the four runs: " + usage());
        }
        Map<String, ChildRun> jvms = runs.entrySet().stream()
                .collect(Collectors.toMap(each -> String.valueOf(each.getKey()), each -> run(each.getValue())));
        for (String name : predicted) {
            if (!jvms.containsKey(name)) {
                throw new CheckFailed("\"%s\" is none of the runs, which are: %s."
                        .formatted(
                                name,
                                String.join(
                                        ", ", jvms.keySet().stream().sorted().toList())));
            }
        }
        for (var each : jvms.entrySet()) {
            boolean saved = each.getValue().out().contains(SAVED);
            if (saved != predicted.contains(each.getKey())) {
                throw new CheckFailed("Look at \"%s\" again: its report was %s."
                        .formatted(each.getKey(), saved ? "saved" : "not saved"));
            }
        }
        return new Passed(id, "these reports are saved, and no other.");
    }

    private ChildRun run(Object value) {
        if (value instanceof ChildRun run) {
            return run;
        }
        throw new CheckFailed("Expected runs of childJvm in the map, found " + value);
    }
}
