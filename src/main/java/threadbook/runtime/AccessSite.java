package threadbook.runtime;

/// One place in woven code that does something another thread could see.
///
/// @param kind        what the code is about to do there
/// @param where       the class whose code it is
/// @param file        the name of its source in stack traces, such as `cell 7`
/// @param line        the line in its source, -1 if unknown
/// @param owner       the class of the member, such as `java.util.concurrent.Semaphore`; of a method that
///                    a woven class inherits from code that is not woven, the ancestor that is not woven;
///                    of an array element the type of the array, such as `long[]`; empty for a monitor
/// @param name        the name of the field or method, `<init>` for a constructor, `[]` for an array
///                    element, empty for a monitor
/// @param descriptor  the JVM's descriptor of the field, element or method, such as `(I)V`; empty for a
///                    monitor
public record AccessSite(
        Kind kind, Class<?> where, String file, int line, String owner, String name, String descriptor) {

    /// The name of a loop that changes a local variable in its turns.
    public static final String STORES = "stores";

    /// The name of a loop that is entered: the turn that follows is its first.
    public static final String BEGINS = "begins";

    /// The name of the site at the beginning of a class initialiser, which is told like a loop.
    public static final String INITIALISES = "initialises";

    /// The name of the site at the beginning of a method that has no other sites, which is told like a loop. The
    /// descriptor is the name of the method.
    public static final String BLIND = "blind";

    /// What can be seen by another thread.
    public enum Kind {
        /// A field or an array element is read.
        READ,
        /// A field or an array element is written.
        WRITE,
        /// A monitor is entered, by a block or by a `synchronized` method.
        ENTER,
        /// A monitor has just been left.
        EXIT,
        /// A method or constructor that is not woven is called.
        CALL,
        /// A reference such as `lock::unlock` to a method that is not woven is made. When it is called there
        /// is no site.
        REFERENCE,
        /// A loop begins a turn, the first or another; only in classes that are woven for exploring. The name
        /// is [#STORES] if a turn changes a local variable. Before the first turn it is told once more, as
        /// [#BEGINS].
        LOOP
    }

    /// `cell 7` knows lines, not columns: two accesses of a line are told apart by their member.
    @Override
    public String toString() {
        return kind + (owner.isEmpty() ? "" : " " + owner + "." + name) + " in " + where.getName() + ":" + line;
    }
}
