package threadbook.lab.thread;

import java.io.Serializable;
import java.util.concurrent.Callable;

/// Reads what a program has come to, after all its threads have ended.
///
/// Like [Callable], but serializable, so that the same lambda can be made again for a copy of the program.
@FunctionalInterface
public interface Result<T> extends Callable<T>, Serializable {}
