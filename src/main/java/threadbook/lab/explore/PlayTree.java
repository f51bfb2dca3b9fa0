package threadbook.lab.explore;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import threadbook.lab.explore.search.Path;

/// All situations that a player can come to, as data for the page: what goes on in the same way is one
/// situation. The ones that take the fewest steps come first; too many are cut off.
///
/// | member | content |
/// |---|---|
/// | `t` | names of the threads |
/// | `v` | names of the variables |
/// | `w` | texts, the first one empty; everywhere else their numbers stand |
/// | `n` | situations, the first one being where the player stands: values by variable, locks held by thread, moves by
/// thread, what came out |
/// | `b` | values before the first step |
/// | `h` | what was done before: thread, text, values after it, locks held by thread |
///
/// A move is 0 if the thread has ended, 1 if it has not begun, `[why]` if it has to wait, and otherwise `[what, where]`
/// and for
/// each way two numbers more: what it did, and the situation it leads to, -1 if that was cut off.
final class PlayTree {
    /// More situations are not put into a page.
    static final int SITUATIONS = 1500;

    private static final Duration TIME = Duration.ofSeconds(3); // to look at them

    private record Place(List<Path.Choice> way, Position position, int number) {}

    private final Scout scout;
    private final Map<String, Integer> words = new LinkedHashMap<>(Map.of("", 0));
    private final List<Position> positions = new ArrayList<>();
    private final List<Map<Integer, List<Integer>>> moves = new ArrayList<>(); // by situation, by thread id
    private final Map<Object, Integer> known = new HashMap<>(); // by key of a situation: its number
    private final List<String> threads = new ArrayList<>(); // by id
    private boolean turned;
    private boolean cut;

    private PlayTree(Scout scout) {
        this.scout = scout;
    }

    /// {@return the situations that can follow these steps, as maps and lists}
    ///
    /// Runs the program often, for about three seconds at most.
    static Map<String, Object> after(List<Path.Choice> steps, Scout scout) throws InterruptedException {
        while (true) {
            var tree = new PlayTree(scout);
            tree.grow(steps);
            if (!tree.turned) { // otherwise what counts as a step has changed meanwhile
                return tree.data();
            }
        }
    }

    private void grow(List<Path.Choice> steps) throws InterruptedException {
        long end = System.nanoTime() + TIME.toNanos();
        var next = new ArrayDeque<Place>();
        Scout.Seen root = scout.look(steps);
        next.add(add(steps, root));
        while (!next.isEmpty() && !turned) {
            Place place = next.poll();
            for (Position.Next one : place.position.next()) {
                var move = new ArrayList<Integer>();
                moves.get(place.number).put(one.thread(), move);
                if (!one.enabled()) {
                    move.add(word(one.reason()));
                    continue;
                }
                move.add(word(one.text()));
                move.add(word(one.where()));
                for (int way = 0; way < one.ways(); way++) {
                    if (positions.size() >= SITUATIONS || System.nanoTime() - end > 0) {
                        cut = true;
                        move.addAll(List.of(0, -1));
                    } else {
                        step(place, new Path.Choice(one.thread(), way), move, next);
                    }
                }
            }
        }
    }

    private void step(Place place, Path.Choice choice, List<Integer> move, ArrayDeque<Place> next)
            throws InterruptedException {
        var way = new ArrayList<>(place.way);
        way.add(choice);
        Scout.Seen seen = scout.look(way);
        turned |= seen.turned();
        Integer number = known.get(seen.key());
        if (number == null) {
            Place place2 = add(way, seen);
            next.add(place2);
            number = place2.number;
        }
        move.add(word(PlayView.done(seen.position().past().steps().getLast())));
        move.add(number);
    }

    private Place add(List<Path.Choice> way, Scout.Seen seen) {
        int number = positions.size();
        positions.add(seen.position());
        seen.position().threads().forEach((thread, state) -> name(thread, state.name()));
        moves.add(new TreeMap<>());
        known.put(seen.key(), number);
        return new Place(List.copyOf(way), seen.position(), number);
    }

    private void name(int thread, String name) {
        while (threads.size() <= thread) {
            threads.add("thread " + threads.size());
        }
        threads.set(thread, name);
    }

    private int word(String text) {
        return words.computeIfAbsent(text, _ -> words.size());
    }

    private Map<String, Object> data() {
        var variables = new TreeSet<String>();
        positions.forEach(position -> variables.addAll(position.variables().keySet()));
        var situations = new ArrayList<List<Object>>();
        for (int i = 0; i < positions.size(); i++) {
            Position position = positions.get(i);
            var locks = new ArrayList<Integer>();
            var byThread = new ArrayList<Object>();
            for (int thread = 0; thread < threads.size(); thread++) {
                Position.State state = position.threads().get(thread);
                List<Integer> move = moves.get(i).get(thread);
                locks.add(word(state == null ? "" : String.join(", ", state.held())));
                byThread.add(move != null ? move : (Object) (state == null ? 1 : 0));
            }
            situations.add(List.of(
                    values(variables, position.variables()),
                    locks,
                    byThread,
                    word(position.past().ending())));
        }
        Replay past = positions.getFirst().past();
        var history = past.steps().stream()
                .map(step -> List.of(
                        threads.indexOf(step.thread()),
                        word(PlayView.done(step)),
                        values(variables, step.variables()),
                        locks(step.held())))
                .toList();
        var data = new LinkedHashMap<String, Object>();
        data.put("t", threads);
        data.put("v", List.copyOf(variables));
        data.put("n", situations);
        data.put("b", values(variables, past.begin()));
        data.put("h", history);
        data.put("cut", cut);
        data.put("w", List.copyOf(words.keySet()));
        return data;
    }

    private List<Integer> values(Set<String> variables, Map<String, String> values) {
        return variables.stream()
                .map(name -> word(values.getOrDefault(name, "")))
                .toList();
    }

    private List<Integer> locks(Map<String, List<String>> held) {
        return threads.stream()
                .map(name -> word(String.join(", ", held.getOrDefault(name, List.of()))))
                .toList();
    }
}
