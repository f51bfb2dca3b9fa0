package threadbook.lab.exercise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import threadbook.lab.exercise.Exercise.Prediction;

/// Lesson 03: `x` is 1; T1 does `x = x + 5`, T2 does `x = x * 3`. With which values can `x`
/// finish?
///
/// The answer is not written here but found, by taking the two reads and the two writes in every
/// order.
final class FinalValues implements Prediction {

    private static final int START = 1;

    @Override
    public String id() {
        return "03-predict-finish";
    }

    @Override
    public String usage() {
        return "predict(\"03-predict-finish\", /* all values with which x can finish */)";
    }

    @Override
    public List<String> hints() {
        return List.of(
                "How many steps does x = x + 5 have for the machine, and what can happen between them?",
                "Write each thread as two steps, read x and write x. One thread after the other gives two results."
                        + " Now let both read before either writes: which write comes last?",
                "Both read 1. If T1 writes last, x is 1 + 5; if T2 writes last, x is 1 * 3. Add to these the two"
                        + " results of one thread after the other.");
    }

    @Override
    public Passed judge(List<String> predicted) {
        var possible = possible();
        for (var value : possible.entrySet()) {
            if (!predicted.contains(value.getKey().toString())) {
                throw new CheckFailed(
                        "A value is missing from your prediction: think of this order: " + value.getValue() + ".");
            }
        }
        for (String value : predicted) {
            if (possible.keySet().stream().noneMatch(each -> each.toString().equals(value))) {
                throw new CheckFailed("%s cannot happen: none of the orders of two reads and two writes ends with it."
                        .formatted(value));
            }
        }
        var answer = possible.entrySet().stream()
                .map(value -> List.of(value.getKey().toString(), value.getValue()))
                .toList();
        return new Passed(
                id(), "these are all, and you named them all.", List.of("x", "for example in this order"), answer);
    }

    /// {@return each final value with the first order found that ends with it}
    static Map<Integer, String> possible() {
        var found = new TreeMap<Integer, String>();
        explore(new State(START, List.of()), new Actor("T1", x -> x + 5), new Actor("T2", x -> x * 3), found);
        return found;
    }

    /// What has happened so far.
    private record State(int x, List<String> steps) {
        State after(int newX, String step) {
            var more = new ArrayList<>(steps);
            more.add(step);
            return new State(newX, more);
        }
    }

    /// A thread: first it reads, then it writes what it makes of what it read.
    private record Actor(String name, IntUnaryOperator change, int next, int read) {
        Actor(String name, IntUnaryOperator change) {
            this(name, change, 0, 0);
        }

        boolean done() {
            return next == 2;
        }
    }

    private static void explore(State state, Actor one, Actor other, Map<Integer, String> found) {
        if (one.done() && other.done()) {
            found.putIfAbsent(state.x, String.join(", ", state.steps));
        }
        step(state, one, other, found);
        step(state, other, one, found);
    }

    // Lets `actor` do its next step and goes on from there.
    private static void step(State state, Actor actor, Actor other, Map<Integer, String> found) {
        switch (actor.next) {
            case 0 ->
                explore(
                        state.after(state.x, "%s reads %d".formatted(actor.name, state.x)),
                        new Actor(actor.name, actor.change, 1, state.x),
                        other,
                        found);
            case 1 -> {
                int x = actor.change.applyAsInt(actor.read);
                explore(
                        state.after(x, "%s writes %d".formatted(actor.name, x)),
                        new Actor(actor.name, actor.change, 2, actor.read),
                        other,
                        found);
            }
            default -> {} // the actor has done both
        }
    }
}
