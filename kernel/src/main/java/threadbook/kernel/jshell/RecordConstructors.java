package threadbook.kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The constructors of a top-level record that lack an access modifier.
///
/// JShell makes the record public, and then javac demands as much of its canonical constructor, compact or
/// not, although nobody wrote that the record is public.
final class RecordConstructors {
    private static final Pattern HEAD = Pattern.compile("\\s*(?:@[\\w.]+\\s+|[a-z]+\\s+)*?record\\s+(\\w+)");
    private static final Pattern WORD = Pattern.compile("\\b\\w+\\b");
    private static final Set<String> NOT_BEFORE = Set.of("public", "protected", "private", "new", "record");

    private RecordConstructors() {}

    /// {@return where `public` is missing, in order}
    ///
    /// @param bare  from the beginning of a snippet on, without comments and literals
    static List<Integer> withoutAccess(String bare) {
        Matcher head = HEAD.matcher(bare);
        List<Integer> found = new ArrayList<>();
        if (!head.lookingAt()) {
            return found;
        }
        String name = head.group(1);
        String before = "record";
        int depth = 0;
        Matcher word = WORD.matcher(bare);
        int at = head.end();
        while (at < bare.length()) {
            char c = bare.charAt(at);
            if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return found;
            } else if (Character.isJavaIdentifierStart(c) && word.find(at)) {
                if (depth == 1
                        && word.group().equals(name)
                        && !NOT_BEFORE.contains(before)
                        && opens(bare, word.end())) {
                    found.add(word.start());
                }
                before = word.group();
                at = word.end() - 1;
            }
            at++;
        }
        return found;
    }

    private static boolean opens(String bare, int at) {
        String rest = bare.substring(at).stripLeading();
        return rest.startsWith("{") || rest.startsWith("(");
    }
}
