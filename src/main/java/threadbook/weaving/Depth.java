package threadbook.weaving;

/// How much is woven into a class. A class can be redefined from one depth to another while it is in use.
public enum Depth {
    /// What every class gets when it is loaded: free while nobody listens. A method that the access sites
    /// would make too large for the JIT has none.
    LOADED,
    /// What all classes get while a cell runs under a global lock: it is taken where code is entered from
    /// elsewhere, and dropped around calls that may wait. May be slower.
    LOCKED,
    /// What the classes of an exploration get: every method has access sites, and calls into code that is not
    /// woven can be taken over. Behaves as before while nobody listens, but may be slower.
    EXPLORED
}
