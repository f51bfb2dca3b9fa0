package threadbook.lab.trace;

/// A stretch of time in which a thread was in one state.
///
/// @param begin  nanoseconds since the code began
/// @param end    likewise, not before `begin`
/// @param on     what it waited for, in the words of the program, such as `lock`; empty if unknown
/// @param by     the thread that let it go on; empty if nobody did, or unknown
/// @param place  where it waited, such as `cell 7:3`; empty if unknown
public record Segment(State state, long begin, long end, String on, String by, String place) {

    /// {@return a stretch in which it waited for nobody}
    static Segment of(State state, long begin, long end) {
        return new Segment(state, begin, end, "", "", "");
    }

    /// {@return how long it is, in nanoseconds}
    public long length() {
        return end - begin;
    }
}
