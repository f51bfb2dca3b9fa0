package threadbook.kernel.jshell;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The modifiers at the beginning of a snippet that JShell drops or refuses, and the source it is given instead.
///
/// @param written  those that were written
/// @param source   the snippet with `synchronized` overwritten by spaces, so that positions stay the same
record Modifiers(Set<Modifier> written, String source) {

    enum Modifier {
        VOLATILE,
        SYNCHRONIZED
    }

    private static final Pattern NEXT = Pattern.compile(
            "\\s*(?:@(?!interface)[\\w.]+(?:\\s*\\([^)]*\\))?|\\b(?:public|protected|private|static|final|transient"
                    + "|strictfp|default|abstract|volatile|(?<sync>synchronized(?!\\s*\\()))\\b)");

    /// @param source       from the beginning of a snippet on, possibly more than it
    /// @param bare    the same with comments and literals blanked
    static Modifiers of(String source, String bare) {
        Set<Modifier> written = EnumSet.noneOf(Modifier.class);
        StringBuilder masked = new StringBuilder(source);
        Matcher next = NEXT.matcher(bare);
        while (next.lookingAt()) {
            if (next.group("sync") != null) {
                written.add(Modifier.SYNCHRONIZED);
                masked.replace(next.start("sync"), next.end("sync"), " ".repeat("synchronized".length()));
            } else if (next.group().endsWith("volatile")) {
                written.add(Modifier.VOLATILE);
            }
            next.region(next.end(), bare.length());
        }
        return new Modifiers(written, masked.toString());
    }
}
