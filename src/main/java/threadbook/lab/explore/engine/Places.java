package threadbook.lab.explore.engine;

import threadbook.runtime.AccessSite;

/// How a place in the code is told.
public final class Places {
    private Places() {}

    /// {@return where it is, as in "cell 7, line 3"}
    public static String of(AccessSite site) {
        return site.line() < 0 ? site.file() : site.file() + ", line " + site.line();
    }
}
