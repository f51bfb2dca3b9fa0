package threadbook.kernel.assist;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadbook.kernel.cell.BareCode;

/// The variables that code declares, told from its spelling: JShell does not complete local variables
/// and parameters, nor the variables of a cell that has not run.
final class Locals {
    private static final Pattern DECLARED = Pattern.compile(
            "(?<![\\w.])([\\p{L}_][\\w.]*)(?:<[^;=(){}]*>)?(?:\\s*\\[\\s*])*\\s+([\\p{L}_]\\w*)\\s*(?=[=;:,)])");
    private static final Pattern LAMBDA = Pattern.compile("([\\p{L}_]\\w*)\\s*(?:,\\s*([\\p{L}_]\\w*)\\s*)?\\)?\\s*->");

    private Locals() {}

    static Set<String> in(String code) {
        String bare = BareCode.of(code);
        var names = new LinkedHashSet<String>();
        Matcher declared = DECLARED.matcher(bare);
        while (declared.find()) {
            if (!Kinds.beginsNoDeclaration(declared.group(1))) {
                names.add(declared.group(2));
            }
        }
        Matcher lambda = LAMBDA.matcher(bare);
        while (lambda.find()) {
            names.add(lambda.group(1));
            if (lambda.group(2) != null) {
                names.add(lambda.group(2));
            }
        }
        names.removeIf(Kinds.KEYWORDS::contains);
        return names;
    }
}
