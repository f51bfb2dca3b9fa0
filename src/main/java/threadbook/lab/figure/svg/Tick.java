package threadbook.lab.figure.svg;

/// A mark on an axis.
///
/// @param coordinate  where it stands
/// @param label       what is written there
record Tick(double coordinate, String label) {}
