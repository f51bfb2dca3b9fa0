package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.search.Path;

/// A program whose scheduler is you: you say which thread does the next step.
///
/// It shows itself with a button for each thread, in a notebook and in a handout; from code it goes on by
/// [#step]. Immutable; each method returns another one. For use by one thread at a time.
///
/// ```java
/// play(dead).step("A").step("B").step("A").step("B")
/// ```
public final class Play {
    /// What the player has said.
    ///
    /// @param done  false if the thread had to wait: then nothing has happened
    private record Turn(String thread, Path.@Nullable Choice choice) {
        boolean done() {
            return choice != null;
        }
    }

    private final Outcomes program;
    private final List<Turn> turns;
    private @Nullable Position position; // after these turns; looked at when somebody asks

    private Play(Outcomes program, List<Turn> turns) {
        this.program = program;
        this.turns = List.copyOf(turns);
    }

    /// {@return the beginning of a program}
    static Play of(Outcomes program) {
        return new Play(program, List.of());
    }

    /// {@return this after one step of a thread}; if the thread has to wait, nothing happens but that it is
    /// said
    ///
    /// @throws IllegalArgumentException  if no thread has that name
    /// @throws IllegalStateException     if the thread has ended
    public Play step(String thread) {
        return step(thread, 1);
    }

    /// {@return this after one step of a thread that can go in several ways}, such as a `notify` that wakes one
    /// of several threads
    ///
    /// @param way  which one, from 1
    /// @throws IllegalArgumentException  if no thread has that name, or its step has fewer ways
    /// @throws IllegalStateException     if the thread has ended
    public Play step(String thread, int way) {
        Position here = position();
        Position.Next next = here.next().stream()
                .filter(one -> one.name().equals(thread))
                .findFirst()
                .orElseThrow(() -> cannot(thread, here));
        if (!next.enabled()) {
            return then(new Turn(thread, null));
        }
        if (way < 1 || way > next.ways()) {
            throw new IllegalArgumentException("%s can do \"%s\" in %s; found way %d."
                    .formatted(thread, next.text(), Page.count(next.ways(), "way"), way));
        }
        return then(new Turn(thread, new Path.Choice(next.thread(), way - 1)));
    }

    private static RuntimeException cannot(String thread, Position here) {
        var able = here.next().stream()
                .filter(Position.Next::enabled)
                .map(Position.Next::name)
                .toList();
        String who = able.isEmpty() ? "Nobody can go on." : "Who can go on: " + String.join(", ", able) + ".";
        return here.past().program().contains(thread)
                ? new IllegalStateException("%s has ended. %s".formatted(thread, who))
                : new IllegalArgumentException("No thread is called \"%s\". The threads: %s."
                        .formatted(thread, String.join(", ", here.past().program())));
    }

    private Play then(Turn turn) {
        var all = new ArrayList<>(turns);
        all.add(turn);
        return new Play(program, all);
    }

    /// {@return this without the last turn}
    ///
    /// @throws IllegalStateException  at the beginning
    public Play undo() {
        if (turns.isEmpty()) {
            throw new IllegalStateException("Nothing has been done yet, so nothing can be undone.");
        }
        return new Play(program, turns.subList(0, turns.size() - 1));
    }

    /// {@return the program that is played}
    public Outcomes program() {
        return program;
    }

    /// {@return whose steps were done, in order}; turns of threads that had to wait are not among them
    public List<String> steps() {
        return turns.stream().filter(Turn::done).map(Turn::thread).toList();
    }

    /// {@return who can do a step now}
    public List<String> ready() {
        return position().next().stream()
                .filter(Position.Next::enabled)
                .map(Position.Next::name)
                .toList();
    }

    /// {@return what came out}, as [Outcomes#counts] shows it; empty if some thread can go on
    public Optional<String> ending() {
        return position().over() ? Optional.of(position().past().ending()) : Optional.empty();
    }

    /// {@return the steps so far}
    public Replay replay() {
        return position().past();
    }

    private Position position() {
        Position known = position;
        if (known == null) {
            known = program.look(choices());
            position = known;
        }
        return known;
    }

    private List<Path.Choice> choices() {
        var choices = new ArrayList<Path.Choice>();
        turns.forEach(turn -> {
            if (turn.choice != null) {
                choices.add(turn.choice);
            }
        });
        return choices;
    }

    /// {@return that the last turn did nothing, and why}; empty if it did
    String refused() {
        if (turns.isEmpty() || turns.getLast().done()) {
            return "";
        }
        String thread = turns.getLast().thread;
        return position().next().stream()
                .filter(next -> next.name().equals(thread) && !next.enabled())
                .map(next -> "%s cannot go on: it %s.".formatted(thread, next.reason()))
                .findFirst()
                .orElse("");
    }

    /// {@return the buttons as html, and where the program stands as text}
    public Map<String, String> mimeBundle() {
        return Page.bundle(PlayView.html(position(), refused(), program.tree(choices())), toString());
    }

    /// {@return where the program stands as text}
    @Override
    public String toString() {
        return PlayView.text(position(), refused());
    }
}
