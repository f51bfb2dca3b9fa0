/// One run of a program on real threads, looked at while it goes on: a deadlock is caught and shown.
///
/// Beside `explore`, which tells what can happen, and `observe`, which counts what did.
@NullMarked
package threadbook.lab.watch;

import org.jspecify.annotations.NullMarked;
