package threadbook.lab.explore.model;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Location;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.ProgramThread;

/// One operation on one object, told by what it needs and what it does.
///
/// ```java
/// call.perform(Act.on(call, location).when(() -> permits > 0).acquiring().does(() -> --permits));
/// ```
final class Act extends Operation {
    private final Call call;
    private final ProgramThread me;
    private final Location location;
    private BooleanSupplier enabled = () -> true;
    private Callable<?> action = () -> null;
    private boolean write = true;
    private boolean acquires;
    private boolean releases;
    private boolean interruptible;
    private boolean plain;
    private boolean mixed;
    private boolean open;
    private boolean idle;
    private int[] others = {};
    private boolean failed; // what was done has changed nothing
    private @Nullable Boolean answer;
    private Supplier<List<ProgramThread>> holders = List::of;

    private Act(Call call, Location location) {
        super(call.site());
        this.call = call;
        this.me = call.me();
        this.location = location;
    }

    /// {@return an operation that changes the object and never waits}
    static Act on(Call call, Location location) {
        return new Act(call, location);
    }

    /// It waits until this holds.
    Act when(BooleanSupplier condition) {
        enabled = condition;
        return this;
    }

    /// What it does, on its thread. `false` as a result means that nothing was changed or acquired.
    Act does(Callable<?> what) {
        action = what;
        return this;
    }

    /// It only reads.
    Act reading() {
        write = false;
        return this;
    }

    /// What others have done before they released the object happens before what follows.
    Act acquiring() {
        acquires = true;
        return this;
    }

    /// Tells what was done before to those who acquire the object.
    Act releasing() {
        releases = true;
        return this;
    }

    /// An interrupt ends the wait.
    Act interruptible() {
        interruptible = true;
        return this;
    }

    /// Nothing orders it: two of them by two threads are a data race unless both only read.
    Act unordered() {
        plain = true;
        return this;
    }

    /// It may also touch what the program touches where it is called back.
    Act callingBack() {
        open = true;
        return this;
    }

    /// Nothing orders it with plain accesses.
    Act besidesPlain() {
        mixed = true;
        return this;
    }

    /// It is no deadlock if it waits for ever.
    Act idling() {
        idle = true;
        return this;
    }

    /// It touches these, too, as it touches its own location.
    Act also(List<Location> locations) {
        others = locations.stream().mapToInt(Location::id).toArray();
        return this;
    }

    /// Who must do something before it can go on.
    Act heldBy(Supplier<List<ProgramThread>> threads) {
        holders = threads;
        return this;
    }

    @Override
    public boolean enabled() {
        return enabled.getAsBoolean() || interruptible && me.isInterrupted();
    }

    @Override
    public @Nullable Object run(int branch) throws Exception {
        if (interruptible && me.takeInterrupt()) {
            failed = true;
            throw new InterruptedException();
        }
        Object result = action.call();
        answer = result instanceof Boolean truth ? truth : null;
        failed = Boolean.FALSE.equals(result);
        return result;
    }

    @Override
    public int[] footprint() {
        int[] all = new int[1 + others.length + (interruptible ? 1 : 0)];
        int bit = write ? 1 : 0;
        all[0] = location.id() << 1 | bit;
        for (int i = 0; i < others.length; i++) {
            all[i + 1] = others[i] << 1 | bit;
        }
        if (interruptible) {
            all[all.length - 1] = call.execution().locations().interruptOf(me).id() << 1;
        }
        return all;
    }

    @Override
    public @Nullable Boolean answer() {
        return answer;
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public boolean mixed() {
        return mixed;
    }

    @Override
    public boolean idle() {
        return idle;
    }

    @Override
    public int[] acquires() {
        return acquires && !failed ? new int[] {location.id()} : super.acquires();
    }

    @Override
    public int[] releases() {
        return releases && !failed ? new int[] {location.id()} : super.releases();
    }

    @Override
    public boolean plain() {
        return plain;
    }

    @Override
    public @Nullable Object awaited() {
        return call.receiver();
    }

    @Override
    public List<ProgramThread> holders() {
        return holders.get();
    }

    @Override
    public String verb() {
        return call.name();
    }
}
