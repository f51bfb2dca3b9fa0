package threadbook.lab.explore.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import threadbook.lab.explore.engine.Execution;
import threadbook.lab.explore.engine.Operation;
import threadbook.lab.explore.engine.Places;
import threadbook.lab.explore.engine.ProgramThread;
import threadbook.runtime.AccessListener;
import threadbook.runtime.AccessSite;

/// One call from the program into code that is not woven, on the thread that makes it.
///
/// @param receiver   null for a static method, and where the program calls a method of null
/// @param arguments  all of them, the receiver first unless the method is static
record Call(
        Execution execution,
        AccessSite site,
        AccessListener.Original original,
        @Nullable Object receiver,
        @Nullable Object[] arguments) {

    String name() {
        return site.name();
    }

    /// {@return how many arguments there are, without the receiver}
    int count() {
        return arguments.length - (original.hasReceiver() ? 1 : 0);
    }

    /// {@return an argument that is not null, counted from 0 without the receiver}
    Object argument(int index) {
        return Objects.requireNonNull(value(index));
    }

    /// {@return an argument, counted from 0 without the receiver}
    @Nullable
    Object value(int index) {
        return arguments[index + (original.hasReceiver() ? 1 : 0)];
    }

    /// {@return an argument that is an int}
    int number(int index) {
        return (Integer) argument(index);
    }

    /// {@return the thread that calls}
    ProgramThread me() {
        return execution.current();
    }

    /// Waits until the operation is chosen and does it.
    @Nullable
    Object perform(Operation operation) throws Throwable {
        return execution.perform(operation);
    }

    /// Does an operation that throws nothing checked.
    void act(Operation operation) {
        execution.act(operation);
    }

    /// {@return where the call is, as in "cell 7, line 3"}
    String place() {
        return Places.of(site);
    }

    /// {@return the object that the method is called on}
    Object argumentOfReceiver() {
        return Objects.requireNonNull(receiver);
    }

    /// {@return the call itself, as an action}; whatever it throws is passed on
    java.util.concurrent.Callable<@Nullable Object> unchecked() {
        return () -> execution.whole(true, this::proceed);
    }

    /// Makes the call itself, as the program would have done.
    @Nullable
    Object proceed() throws Throwable {
        return original.call(arguments);
    }

    /// {@return what to throw because nobody has modelled this call}
    RuntimeException notModelled() {
        return execution.refuse(
                "%s.%s at %s".formatted(site.owner(), name(), Places.of(site())),
                "The explorer cannot tell what it does to other threads.");
    }
}
