package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadbook.lab.exercise.Exercise.Claim;
import threadbook.lab.explore.Outcomes;
import threadbook.lab.explore.Play;

/// Find a schedule that ends in a certain way: the student is the scheduler.
///
/// Handed in as a [Play], or as a program and the names of the threads in the order of their steps.
///
/// @param target    what must come out, as text
/// @param most      how many steps are allowed, at least 1
/// @param outcomes  all that can come out of the program, by which it is recognised
record ScheduleHunt(String id, String target, int most, Set<String> outcomes, List<String> hints) implements Claim {
    private static final Pattern REPEATED = Pattern.compile("(.+)×(\\d{1,4})");

    ScheduleHunt {
        outcomes = Set.copyOf(outcomes);
        hints = List.copyOf(hints);
        if (!outcomes.contains(target)) {
            throw new IllegalArgumentException("%s is none of %s".formatted(target, outcomes));
        }
    }

    @Override
    public String usage() {
        return "check(\"%s\", /* the explored program */, \"/* names of threads, step by step */\")".formatted(id);
    }

    @Override
    public Passed judge(List<Object> values) {
        Play played = played(values);
        new Program(played.program()).requireOutcomes(outcomes);
        int steps = played.steps().size();
        String ending = played.ending()
                .orElseThrow(() -> new CheckFailed("After these %d steps it is not over: %s can go on."
                        .formatted(steps, Program.listed(played.ready(), "and"))));
        if (!ending.equals(target)) {
            throw new CheckFailed("This schedule ends with %s, not with %s.".formatted(ending, target));
        }
        if (steps > most) {
            throw new CheckFailed("That is it, but in %d steps; %d are enough.".formatted(steps, most));
        }
        return new Passed(id, "%s after %d steps: %s.".formatted(ending, steps, String.join(" ", played.steps())));
    }

    private Play played(List<Object> values) {
        if (values.size() == 1 && values.getFirst() instanceof Play played) {
            return played;
        }
        if (values.size() == 2
                && values.getFirst() instanceof Outcomes program
                && values.getLast() instanceof String schedule) {
            return play(program, schedule.strip());
        }
        throw new CheckFailed("Hand in a program and a schedule: " + usage());
    }

    private static Play play(Outcomes program, String schedule) {
        Play played = program.play();
        int step = 0;
        for (String thread : spelled(schedule)) {
            step++;
            if (!played.ready().contains(thread)) {
                var names = program.trial().names();
                throw new CheckFailed(
                        names.contains(thread)
                                ? "Step %d: %s cannot go on there. Who can: %s.".formatted(step, thread, whoCan(played))
                                : "Step %d: no thread is called %s. The threads are %s."
                                        .formatted(step, thread, Program.listed(names, "and")));
            }
            played = played.step(thread);
        }
        return played;
    }

    /// {@return the names one by one}, also of a schedule as a table shows it, as in "T1×9 T2"
    private static List<String> spelled(String schedule) {
        var names = new ArrayList<String>();
        for (String part : schedule.isEmpty() ? new String[0] : schedule.split("[\\s,]+")) {
            Matcher repeated = REPEATED.matcher(part);
            if (repeated.matches()) {
                names.addAll(Collections.nCopies(Integer.parseInt(repeated.group(2)), repeated.group(1)));
            } else {
                names.add(part);
            }
        }
        return names;
    }

    private static String whoCan(Play played) {
        return played.ready().isEmpty() ? "nobody" : Program.listed(played.ready(), "and");
    }
}
