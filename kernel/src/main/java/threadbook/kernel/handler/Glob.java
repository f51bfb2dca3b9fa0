package threadbook.kernel.handler;

/// Patterns in which `*` stands for any characters and `?` for one.
///
/// Not a regular expression, because a pattern comes from outside and must not take for ever:
/// this one is done after at most length × length steps.
final class Glob {
    private Glob() {}

    /// {@return whether the pattern covers the whole text}
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1; // where to come back to when the characters after the last `*` do not fit
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
