package threadbook.lab.explore.engine;

/// One step that was done.
///
/// @param thread     who did it
/// @param branch     which way the operation went
/// @param operation  what it was
/// @param footprint  what it touched, as in [Operation#footprint()]
/// @param preempted  whether it took the turn from a thread that could have gone on
public record Step(ProgramThread thread, int branch, Operation operation, int[] footprint, boolean preempted) {

    /// {@return whether the two cannot change places without a difference}
    public static boolean dependent(int[] one, int[] other) {
        for (int a : one) {
            for (int b : other) {
                if (a >> 1 == b >> 1 && ((a | b) & 1) != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
