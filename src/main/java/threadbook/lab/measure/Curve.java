package threadbook.lab.measure;

import java.util.List;

/// The speedup of one piece of work over several numbers of workers.
///
/// @param name    what was measured
/// @param points  at least one, in ascending order of workers
public record Curve(String name, List<SpeedupPoint> points) {
    public Curve {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("A curve needs at least one point, found none");
        }
    }
}
