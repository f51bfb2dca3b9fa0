package threadbook.lab.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import threadbook.lab.explore.engine.Engine;
import threadbook.lab.explore.engine.Program;
import threadbook.lab.explore.model.Models;
import threadbook.lab.explore.search.Ending;
import threadbook.lab.explore.search.Found;
import threadbook.lab.explore.search.Path;
import threadbook.lab.figure.Chart;
import threadbook.lab.figure.Charts;
import threadbook.lab.observe.Compared;
import threadbook.lab.observe.Observed;
import threadbook.lab.observe.Trial;

/// What can come out of a program, in how many of its schedules.
///
/// Explored when somebody first looks; later looks show the same. For use by one thread at a time.
/// Sequentially consistent: what a machine shows beyond that is not here.
public final class Outcomes {
    private static final int STEPS = 5_000; // of a schedule, after which it counts as endless
    private static final int SPURIOUS = 1; // wake-ups for no reason that a proof allows for

    private final Exploration.Setting setting;
    private final Callable<?> reading;
    private final ClassLoader loader;
    private final Engine counting; // knows which locations threads share, on which the paths depend
    private @Nullable Found found; // what the first look found
    private boolean learned; // whether the engine knows which locations are shared

    Outcomes(Exploration.Setting setting, Callable<?> reading) {
        this.setting = setting;
        this.reading = reading;
        loader = Objects.requireNonNull(
                setting.bodies().getFirst().getClass().getClassLoader(), "a lambda of a class of the JDK");
        counting = engine(0);
    }

    private Engine engine(int spurious) {
        return engine(spurious, () -> kept(reading.call()));
    }

    private Engine engine(int spurious, Callable<?> outcome) {
        var program = new Program(setting.setup(), setting.names(), setting.bodies(), outcome, loader);
        return new Engine(program, new Models(loader), STEPS, spurious);
    }

    /// What was read, or its text if it can change: after a schedule the engine puts back what the program's
    /// objects held, also in those that the reading returns.
    private static @Nullable Object kept(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String _, Boolean _, Character _, Enum<?> _ -> value;
            case Byte _, Short _, Integer _, Long _, Float _, Double _ -> value;
            case Object other -> String.valueOf(other);
        };
    }

    private Found found() {
        Found known = found;
        if (known == null) {
            known = Laboratory.explore(counting, loader, setting.budget(), (_, search) -> search.count());
            found = known;
        }
        return known;
    }

    /// {@return whether every schedule was run}; otherwise the counts are "at least"
    public boolean exhaustive() {
        return found().exhaustive();
    }

    /// {@return how many schedules were run}
    public long schedules() {
        return found().schedules();
    }

    /// {@return in how many schedules each outcome comes out}, smaller numbers first, then texts, then
    /// exceptions and deadlocks
    public Map<String, Long> counts() {
        var counts = new LinkedHashMap<String, Long>();
        for (Ending ending : endings()) {
            counts.put(ending.text(), row(ending).schedules());
        }
        return counts;
    }

    private List<Ending> endings() {
        return found().rows().keySet().stream().sorted(order()).toList();
    }

    private static Comparator<Ending> order() {
        return Comparator.comparing(Ending::kind)
                .thenComparing(ending -> ending.value() instanceof Number number ? number.doubleValue() : 0.0)
                .thenComparing(Ending::text);
    }

    private Found.Row row(Ending ending) {
        return Objects.requireNonNull(found().rows().get(ending));
    }

    /// {@return a row for each outcome}: `outcome`, `schedules`, `steps` and `preemptions` of the shortest
    /// schedule
    public Table table() {
        var outcomes = StringColumn.create("outcome");
        var schedules = LongColumn.create("schedules");
        var steps = IntColumn.create("steps");
        var preemptions = IntColumn.create("preemptions");
        for (Ending ending : endings()) {
            Path shortest = row(ending).shortest();
            outcomes.append(ending.text());
            schedules.append(row(ending).schedules());
            steps.append(shortest.choices().size());
            preemptions.append(shortest.preemptions());
        }
        return Table.create("outcomes", outcomes, schedules, steps, preemptions);
    }

    /// {@return a bar for each outcome}: in how many schedules it comes out
    public Chart chart() {
        Table bars = table().selectColumns("outcome", "schedules");
        return Charts.bars(bars, exhaustive() ? "Schedules by outcome" : "Schedules by outcome, at least");
    }

    /// {@return the shortest schedule with that outcome, step by step}
    ///
    /// @param outcome  as [#counts] shows it, or the value itself
    /// @throws IllegalArgumentException  if it never came out
    public Replay replay(@Nullable Object outcome) {
        String wanted = String.valueOf(outcome);
        return found().rows().entrySet().stream()
                .filter(entry -> entry.getKey().text().equals(wanted))
                .findFirst()
                .map(entry -> replay(entry.getValue().shortest()))
                .orElseThrow(() -> new IllegalArgumentException("""
                        "%s" never comes out. What does: %s%s""".formatted(
                                wanted,
                                String.join(", ", counts().keySet()),
                                exhaustive() ? "." : "; but not all schedules were run.")));
    }

    private Replay replay(Path path) {
        return Laboratory.explore(
                counting,
                loader,
                setting.budget(),
                (engine, search) -> Watched.run(engine, search, path.begun()).replay());
    }

    /// {@return the program in the hands of a player, who says which thread does the next step}
    public Play play() {
        return Play.of(this);
    }

    /// {@return where the program stands after some steps}
    Position look(List<Path.Choice> steps) {
        return scouting(scout -> scout.look(steps).position());
    }

    /// {@return what a player can come to after some steps}, see [PlayTree]
    Map<String, Object> tree(List<Path.Choice> steps) {
        return scouting(scout -> PlayTree.after(steps, scout));
    }

    @FunctionalInterface
    private interface Scouting<T> {
        T by(Scout scout) throws InterruptedException;
    }

    private <T> T scouting(Scouting<T> work) {
        if (!learned && found == null) {
            Laboratory.explore(counting, loader, setting.budget(), (_, search) -> {
                search.learn();
                return true;
            });
            learned = true;
        }
        return Laboratory.explore(counting, loader, setting.budget(), (engine, search) -> {
            var scout = new Scout(engine, search);
            scout.learn();
            return work.by(scout);
        });
    }

    /// {@return the shortest schedule that ends in a deadlock, and who waits for whom in it}
    ///
    /// @throws IllegalStateException  if none of the schedules that were run does
    public DeadlockCycle deadlock() {
        return endings().stream()
                .filter(ending -> ending.kind() == Ending.Kind.DEADLOCK)
                .findFirst()
                .map(ending -> new DeadlockCycle(replay(row(ending).shortest())))
                .orElseThrow(() -> new IllegalStateException(
                        exhaustive()
                                ? "No deadlock: in all %d schedules every thread can go on to its end. What comes out: %s."
                                        .formatted(schedules(), String.join(", ", counts().keySet()))
                                : "No deadlock in %d schedules, but there are more.\nGive the search more time: budget(ms)."
                                        .formatted(schedules())));
    }

    /// {@return in which order the threads take locks}, over schedules that stand for all if the time is enough
    public LockOrder lockOrder() {
        return Laboratory.explore(engine(0), loader, setting.budget(), (engine, search) -> {
            var watcher = new LockWatcher();
            engine.watch(watcher);
            try {
                Found all = search.reduced(_ -> false);
                boolean deadlock =
                        all.rows().keySet().stream().anyMatch(ending -> ending.kind() == Ending.Kind.DEADLOCK);
                return new LockOrder(watcher.edges(), all.schedules(), all.exhaustive(), deadlock);
            } finally {
                engine.watch(null);
            }
        });
    }

    /// {@return the first data race that was seen in any schedule, or that there was none}
    public RaceReport race() {
        Found all = found();
        return all.raceWay()
                .map(way -> Laboratory.explore(
                        counting,
                        loader,
                        setting.budget(),
                        (engine, search) -> Proof.race(
                                Watched.run(engine, search, way.begun()), all.schedules(), all.exhaustive())))
                .orElseGet(() -> new RaceReport("", List.of(), all.schedules(), all.exhaustive()));
    }

    /// {@return whether all schedules end with one of these outcomes}: proved, or a counter-example
    ///
    /// @param allowed  at least one
    public Verdict verify(Object... allowed) {
        if (allowed.length == 0) {
            throw new IllegalArgumentException("verify needs at least one outcome that is right, as in verify(30)");
        }
        var texts = java.util.Arrays.stream(allowed).map(String::valueOf).toList();
        String claim = "the outcome is " + String.join(" or ", texts);
        return new Proof(claim, ending -> ending.kind() == Ending.Kind.VALUE && texts.contains(ending.text()))
                .of(engine(SPURIOUS), loader, setting.budget());
    }

    /// {@return whether the condition holds for the outcomes of all schedules}: proved, or a counter-example
    public Verdict verify(Predicate<@Nullable Object> condition) {
        var engine = engine(SPURIOUS, () -> {
            Object value = reading.call();
            return new Proof.Judged(
                    condition.test(value), String.valueOf(value)); // here: afterwards it may hold other things
        });
        return new Proof(
                        "the condition holds for the outcome",
                        ending -> ending.value() instanceof Proof.Judged judged && judged.right())
                .of(engine, loader, setting.budget());
    }

    /// {@return what can come out beside what was observed}
    public Compared vs(Observed observed) {
        return new Compared(counts(), exhaustive(), observed);
    }

    /// {@return the same program, to be run on the machine}
    public Trial trial() {
        return new Trial(setting.setup(), setting.names(), setting.bodies(), reading);
    }

    /// {@return the table as html and as text}; explores if nobody has looked yet
    public Map<String, String> mimeBundle() {
        return OutcomeView.of(lines(), found(), setting.budget());
    }

    private List<OutcomeView.Line> lines() {
        var lines = new ArrayList<OutcomeView.Line>();
        for (Ending ending : endings()) {
            Path shortest = row(ending).shortest();
            boolean started = shortest.choices().stream()
                    .anyMatch(choice -> choice.thread() >= setting.names().size());
            Stream<String> names = started
                    ? replay(shortest).steps().stream().map(Replay.Moment::thread)
                    : shortest.choices().stream().map(choice -> setting.names().get(choice.thread()));
            lines.add(new OutcomeView.Line(ending.text(), row(ending).schedules(), ending.kind(), names.toList()));
        }
        return lines;
    }

    /// {@return the table as text, or that nobody has looked yet}; never explores
    @Override
    public String toString() {
        return found == null
                ? "outcomes that nobody has looked at yet: ask for counts(), table() or chart()"
                : Objects.requireNonNull(mimeBundle().get("text/plain"));
    }
}
