package threadbook.lab.exercise;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import threadbook.lab.exercise.Exercise.Claim;

/// Lesson 09: which process worked on which item? A map from the items 1 to 12 to pids, which must have come back from
/// at least two other processes.
record WorkersNoted(String id, List<String> hints) implements Claim {
    private static final int ITEMS = 12;

    WorkersNoted {
        hints = List.copyOf(hints);
    }

    @Override
    public String usage() {
        return "check(\"%s\", whoDid(items))".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        if (values.size() != 1 || !(values.getFirst() instanceof Map<?, ?> noted)) {
            throw new CheckFailed("Hand in the map from items to pids: " + usage());
        }
        var pids = new HashSet<Long>();
        for (int item = 1; item <= ITEMS; item++) {
            if (!(noted.get(item) instanceof Number pid)) {
                throw new CheckFailed("Nothing is known here of item %d: the map holds %d of %d items."
                        .formatted(item, noted.size(), ITEMS));
            }
            pids.add(pid.longValue());
        }
        if (pids.contains(ProcessHandle.current().pid())) {
            throw new CheckFailed(
                    "Some of the work was done in this notebook's own process; it was to be done elsewhere.");
        }
        if (pids.size() < 2) {
            throw new CheckFailed("All was done by one process; at least two were to share it.");
        }
        return new Passed(id, "%d processes did the work, and what they know has come back.".formatted(pids.size()));
    }
}
