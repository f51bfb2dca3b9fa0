package threadbook.lab.explore.engine;

import org.jspecify.annotations.Nullable;
import threadbook.runtime.AccessSite;

/// A read or a write of a location that threads share; the access itself follows in the code.
public final class Access extends Operation {
    final Location location;
    final @Nullable Object target;
    final boolean write;

    Access(Location location, @Nullable Object target, boolean write, AccessSite site) {
        super(site);
        this.location = location;
        this.target = target;
        this.write = write;
    }

    /// {@return whether it changes the location}
    public boolean writes() {
        return write;
    }

    /// {@return whether the location is the same in every schedule}: a static variable
    public boolean isStatic() {
        return target == null;
    }

    /// {@return whether what the location holds has no identity}: a number, a character or a truth
    public boolean isPrimitive() {
        return location.field != null
                ? location.field.getType().isPrimitive()
                : target != null
                        && target.getClass().isArray()
                        && target.getClass().getComponentType().isPrimitive();
    }

    /// {@return what the location is called}
    public String name(Names names) {
        return names.of(location, target);
    }

    /// {@return what the location holds now}
    public @Nullable Object value() {
        return Memory.value(location, target);
    }

    @Override
    public int[] footprint() {
        return write ? location.writePrint : location.readPrint;
    }

    @Override
    public int[] acquires() {
        return !write && location.isVolatile() ? new int[] {location.id} : super.acquires();
    }

    @Override
    public int[] releases() {
        return write && location.isVolatile() ? new int[] {location.id} : super.releases();
    }

    @Override
    public boolean plain() {
        return !location.isVolatile();
    }

    @Override
    public String verb() {
        return write ? "write" : "read";
    }
}
