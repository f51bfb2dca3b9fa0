package threadbook.runtime;

/// Marks an exception whose message says all that helps: a notebook shows it without stack frames.
public interface Explained {}
