package threadbook.kernel.jshell;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The modifiers of a snippet that JShell drops, refuses or misses, and the source it is given instead.
///
/// @param written  those at its beginning that JShell drops or refuses
/// @param source   the snippet with `synchronized`, and `volatile` before `var`, overwritten by spaces and
///     `public` inserted where a record's constructors lack it
/// @param inserted where that was, as positions in the original
record Modifiers(Set<Modifier> written, String source, List<Integer> inserted) {
    private static final String PUBLIC = "public ";

    enum Modifier {
        FINAL,
        VOLATILE,
        SYNCHRONIZED
    }

    private static final Pattern NEXT = Pattern.compile(
            "\\s*(?:@(?!interface)[\\w.]+(?:\\s*\\([^)]*\\))?|\\b(?:public|protected|private|static|final|transient"
                    + "|strictfp|default|abstract|(?<var>volatile(?=\\s+var\\b))|volatile"
                    + "|(?<sync>synchronized(?!\\s*\\()))\\b)");

    /// @param source       from the beginning of a snippet on, possibly more than it
    /// @param bare    the same with comments and literals blanked
    static Modifiers of(String source, String bare) {
        Set<Modifier> written = EnumSet.noneOf(Modifier.class);
        StringBuilder masked = new StringBuilder(source);
        Matcher next = NEXT.matcher(bare);
        while (next.lookingAt()) {
            if (next.group("sync") != null) {
                written.add(Modifier.SYNCHRONIZED);
                blank(masked, next, "sync");
            } else if (next.group("var") != null) {
                written.add(Modifier.VOLATILE);
                blank(masked, next, "var");
            } else if (next.group().endsWith("volatile")) {
                written.add(Modifier.VOLATILE);
            } else if (next.group().endsWith("final")) {
                written.add(Modifier.FINAL);
            }
            next.region(next.end(), bare.length());
        }
        List<Integer> inserted = RecordConstructors.withoutAccess(bare);
        for (int position : inserted.reversed()) {
            masked.insert(position, PUBLIC);
        }
        return new Modifiers(written, masked.toString(), inserted);
    }

    private static void blank(StringBuilder source, Matcher found, String group) {
        source.replace(found.start(group), found.end(group), " ".repeat(found.end(group) - found.start(group)));
    }

    /// {@return the position in what was written, given one in [#source]}
    int original(int position) {
        int original = position;
        for (int i = inserted.size() - 1; i >= 0; i--) {
            int there = inserted.get(i) + i * PUBLIC.length();
            if (position > there) {
                original -= Math.min(PUBLIC.length(), position - there);
            }
        }
        return original;
    }
}
