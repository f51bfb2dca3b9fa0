package threadbook.kernel.display;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import threadbook.kernel.cell.BareCode;
import threadbook.kernel.cell.Problem;

/// What javac's errors mean, said to somebody who learns the language.
///
/// The keys are those of javac's `compiler.properties`. An error without an entry here is told by the
/// first line of javac's own text.
final class PlainWords {
    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(\\w+) ([^\\s(]+)(\\(.*\\))?", Pattern.MULTILINE);
    private static final Pattern TYPED_LOCATION = Pattern.compile("location:\\s+\\w+ (\\S+) of type (.+)");
    private static final Pattern TYPE_LOCATION = Pattern.compile("location:\\s+(?:class|interface|enum|record) (\\S+)");
    private static final Pattern CONVERTED = Pattern.compile("incompatible types: (.+) cannot be converted to (.+)");
    private static final Pattern PACKAGE = Pattern.compile("\\b(?:\\p{Ll}[\\w]*\\.)+(?=\\p{Lu})");
    private static final Pattern LOSSY = Pattern.compile("possible lossy conversion from (\\S+) to (\\S+)");

    private final String code;
    private final SimilarNames similar;

    PlainWords(String code, SimilarNames similar) {
        this.code = code;
        this.similar = similar;
    }

    /// {@return one sentence or a few, without a line break}
    String of(Problem problem) {
        String message = simple(problem.message());
        return switch (problem.key().replace("compiler.err.", "")) {
            case "cant.resolve",
                    "cant.resolve.args",
                    "cant.resolve.args.params",
                    "cant.resolve.location",
                    "cant.resolve.location.args",
                    "cant.resolve.location.args.params" -> unresolved(problem.message());
            case "prob.found.req" -> mismatch(message);
            case "missing.ret.stmt" ->
                "this method must return a value, but its end can be reached without a \"return\".";
            case "unreachable.stmt" -> "this statement can never run: what stands before it never lets it.";
            case "unreported.exception.need.to.catch.or.throw" ->
                "this may throw %s. Catch it (try … catch), or say that the method passes it on (throws %1$s)."
                        .formatted(word(message, "unreported exception ([^;\\s]+)"));
            case "expected", "expected2", "expected3", "expected4" -> missing(message);
            case "not.stmt" -> "this alone does nothing: it is a value, not a statement. Is a \"=\" or a call missing?";
            case "illegal.start.of.expr" ->
                "no expression can begin here. Is a bracket or an operand missing just before it, or one too many?";
            case "illegal.start.of.type", "illegal.start.of.stmt" ->
                "nothing can begin like this here. Is a bracket missing just before it, or one too many?";
            case "premature.eof" -> "the code ends too early: " + unclosed() + ".";
            case "already.defined" ->
                "\"%s\" is declared already. Take another name, or leave out the type to assign to it."
                        .formatted(word(message, "^\\w+ (\\S+?)(?:\\(| is)"));
            case "var.might.not.have.been.initialized" ->
                "\"%s\" may have no value yet here. Give it one where it is declared."
                        .formatted(word(message, "variable (\\S+)"));
            case "var.might.already.be.assigned", "var.might.be.assigned.in.loop" ->
                "\"%s\" is final and may have its value already.".formatted(word(message, "variable (\\S+)"));
            case "cant.assign.val.to.var" ->
                "\"%s\" is %s: it keeps its first value."
                        .formatted(word(message, "variable (\\S+)"), word(message, "to (.+) variable"));
            case "cant.ref.non.effectively.final.var", "local.var.accessed.from.icls.needs.final" ->
                ("\"%s\" is a local variable that changes, and a lambda or an inner class may only use local variables "
                                + "that never change. Copy it into a new variable, or keep the value in an object, "
                                + "such as an AtomicInteger.")
                        .formatted(span(problem));
            case "non-static.cant.be.ref" -> withoutObject(word(message, "non-static \\w+ (\\S+)"));
            case "operator.cant.be.applied" ->
                "\"%s\" does not work on %s."
                        .formatted(word(message, "operator '(.+?)'"), word(message, "operand type (.+) for"));
            case "operator.cant.be.applied.1" ->
                "\"%s\" does not work between %s and %s."
                        .formatted(
                                word(message, "operator '(.+?)'"),
                                word(message, "first type:\\s+(.+)"),
                                word(message, "second type:\\s+(.+)"));
            case "incomparable.types" ->
                "%s and %s can never be equal, so comparing them makes no sense."
                        .formatted(word(message, "types: (.+) and"), word(message, " and (.+)"));
            case "doesnt.exist" -> unknownPackage(word(message, "package (\\S+)"));
            case "does.not.override.abstract" ->
                "%s promises a method %s (from %s) and does not have it."
                        .formatted(
                                word(message, "^(\\S+)"),
                                word(message, "abstract method (.+) in"),
                                word(message, " in (\\S+)$"));
            case "method.does.not.override.superclass" ->
                "@Override says that a supertype has this method, but none has it. Are name and parameter types the same?";
            case "report.access" ->
                "%s is %s in %s: it cannot be used from outside."
                        .formatted(
                                word(message, "^(\\S+)"),
                                word(message, "has (\\w+) access"),
                                word(message, "access in (\\S+)"));
            case "unclosed.str.lit" -> "this text has no closing \" in its line.";
            case "unclosed.char.lit" ->
                "a character stands between two ' and is one character; a text stands between two \".";
            case "unclosed.text.block" -> "this text block has no closing \"\"\".";
            case "unclosed.comment" -> "this comment has no closing */.";
            case "empty.char.lit" -> "between two ' there must be one character.";
            case "illegal.char" -> illegal(message);
            case "int.number.too.large" ->
                "this number is too large for an int (at most 2 147 483 647). Write L behind it to make it a long.";
            case "else.without.if" ->
                "this \"else\" has no \"if\" before it. Is there a ; behind the condition, or a bracket too many?";
            case "catch.without.try", "finally.without.try" -> "there is no \"try\" before this.";
            case "try.without.catch.finally.or.resource.decls" ->
                "a \"try\" needs a \"catch\" or a \"finally\" behind it.";
            case "array.req.but.found" ->
                "[…] works on arrays, and this is of type %s.".formatted(word(message, "but (.+) found"));
            case "break.outside.switch.loop", "cont.outside.loop" ->
                "there is no loop around this that it could leave or go on with.";
            case "ret.outside.meth" -> "\"return\" stands in methods, and there is none around it.";
            case "cant.deref" ->
                "%s is a primitive type: its values are no objects and have no methods or fields."
                        .formatted(word(message, "^(\\S+)"));
            case "void.not.allowed.here", "illegal.initializer.for.void" ->
                "this call gives no value (its method is void), and here one is needed.";
            case "not.exhaustive", "not.exhaustive.statement" ->
                "this switch does not say what to do in every case. Add what is missing, or a \"default\".";
            case "cant.infer.local.var.type" ->
                "the type of \"%s\" does not follow from this. Write the type in place of var."
                        .formatted(word(message, "variable (\\S+)"));
            case "cant.apply.symbol", "cant.apply.symbols", "cant.apply.diamond.1" -> arguments(message);
            case "abstract.cant.be.instantiated" ->
                "%s is abstract: make an object of a class that completes it.".formatted(word(message, "^(\\S+)"));
            case "except.never.thrown.in.try" ->
                "nothing in this try can throw %s.".formatted(word(message, "exception (\\S+)"));
            case "except.already.caught" ->
                "%s was caught by an earlier catch already. Put the more special one first."
                        .formatted(word(message, "exception (\\S+)"));
            case "missing.meth.body.or.decl.abstract" -> "this method has no body: is there a ; before its {?";
            case "invalid.meth.decl.ret.type.req" -> "this method does not say what it returns. Write void if nothing.";
            case "foreach.not.applicable.to.type" ->
                "a for-each loop goes through an array or a collection, and this is of type %s."
                        .formatted(word(message, "found:\\s+(.+)"));
            case "type.found.req" ->
                message.contains("required: reference")
                        ? "a primitive type cannot stand here: take its class (Integer for int, Double for double …)."
                        : first(message);
            case "unexpected.type" -> "this is a value and not a variable, so nothing can be assigned to it.";
            case "ref.ambiguous" -> "two methods fit this call equally well. Make the types of the arguments clearer.";
            case "limit.string" -> "this text is too long for one constant (at most 65 535 bytes).";
            default -> first(message);
        };
    }

    /// `Sytem.out` reads as a package to javac, and is a class that is spelled wrong to everybody else.
    private String unknownPackage(String name) {
        return Character.isUpperCase(name.charAt(0))
                ? "there is no class or variable \"%s\" here.%s".formatted(name, guess(similar.inScope(name)))
                : "there is no package \"%s\" here. Is it spelled right, and does its library belong to this notebook?"
                        .formatted(name);
    }

    private String unresolved(String message) {
        Matcher symbol = SYMBOL.matcher(message);
        if (!symbol.find()) {
            return first(message);
        }
        String kind = symbol.group(1);
        String name = symbol.group(2);
        Optional<String> type = kind.equals("class") ? Optional.empty() : owner(message);
        String guess = guess(type.flatMap(owner -> similar.inType(name, owner)).or(() -> similar.inScope(name)));
        String hint = guess.isEmpty() && kind.equals("class") ? " Is an import missing?" : guess;
        String arguments =
                symbol.group(3) == null || symbol.group(3).equals("()") ? "" : " that takes " + symbol.group(3);
        String where = type.map(owner -> "in " + owner).orElse("here");
        return simple("there is no %s \"%s\"%s %s.%s".formatted(kind, name, arguments, where, hint));
    }

    private static String guess(Optional<String> meant) {
        return meant.map(" Did you mean \"%s\"?"::formatted).orElse("");
    }

    /// The type in which a member was looked for; empty where a name was looked for in the cell itself.
    private static Optional<String> owner(String message) {
        Matcher variable = TYPED_LOCATION.matcher(message);
        if (variable.find()) {
            return Optional.of(NotebookNames.tidy(variable.group(2).strip()));
        }
        Matcher type = TYPE_LOCATION.matcher(message);
        return type.find()
                ? Optional.of(NotebookNames.ofClass(type.group(1))).filter(name -> !name.isEmpty())
                : Optional.empty();
    }

    private static String withoutObject(String name) {
        return name.equals("this") || name.equals("super")
                ? "\"%s\" means the object whose method runs, and there is none outside of a class.".formatted(name)
                : "\"%s\" belongs to an object, and there is none here. Call it on an object, or declare it static."
                        .formatted(name);
    }

    private static String mismatch(String message) {
        Matcher converted = CONVERTED.matcher(message);
        if (converted.find()) {
            return "a value of type %s is needed here, and this is of type %s."
                    .formatted(converted.group(2), converted.group(1));
        }
        Matcher lossy = LOSSY.matcher(message);
        if (lossy.find()) {
            return "not every value of type %s fits into type %s. If you want it cut, write (%2$s) before it."
                    .formatted(lossy.group(1), lossy.group(2));
        }
        if (message.contains("unexpected return value")) {
            return "nothing is to be returned here: the method is void, or the lambda gives no value.";
        }
        if (message.contains("missing return value")) {
            return "\"return\" needs a value here.";
        }
        return first(message);
    }

    private static String missing(String message) {
        String what = word(message, "^(.+) expected");
        return switch (what) {
            case "';'" -> "a ; is missing here.";
            case "<identifier>" -> "a name is missing here.";
            default -> what + " is missing here.";
        };
    }

    private static String arguments(String message) {
        if (message.startsWith("no suitable")) {
            return "none of the %ss %s takes these arguments: (%s)."
                    .formatted(
                            word(message, "no suitable (\\w+)"),
                            word(message, "found for ([^(]+)"),
                            word(message, "found for [^(]+\\((.*)\\)"));
        }
        return "%s takes (%s), and here it gets (%s)."
                .formatted(
                        word(message, "^\\w+ (\\S+)"),
                        word(message, "required:\\s+(.+)"),
                        word(message, "found:\\s+(.+)"))
                .replace("(no arguments)", "nothing");
    }

    private static String illegal(String message) {
        String found = word(message, "'(.+)'");
        return "“”„«»‘’".contains(found) || found.startsWith("\\u20") || found.startsWith("\\u00")
                ? "%s is not a character of Java. Quotation marks are \" and ', the minus is -.".formatted(found)
                : "%s is not a character of Java.".formatted(found);
    }

    /// Which bracket is open at the end.
    private String unclosed() {
        String bare = BareCode.of(code);
        for (String pair : new String[] {"{}", "()", "[]"}) {
            long open = bare.chars().filter(c -> c == pair.charAt(0)).count();
            long closed = bare.chars().filter(c -> c == pair.charAt(1)).count();
            if (open > closed) {
                return "%s \"%c\" without \"%c\"".formatted(open - closed, pair.charAt(0), pair.charAt(1));
            }
        }
        return "something is missing at its end";
    }

    private String span(Problem problem) {
        return problem.start() < 0 ? "this" : code.substring(problem.start(), Math.min(problem.end(), code.length()));
    }

    /// The message with the user's names, and types without their packages.
    private static String simple(String message) {
        return PACKAGE.matcher(NotebookNames.tidy(message)).replaceAll("");
    }

    private static String word(String message, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(message);
        return matcher.find() ? matcher.group(1) : "this";
    }

    private static String first(String message) {
        return message.lines()
                .findFirst()
                .map(line -> line.endsWith(".") ? line : line + ".")
                .orElse("this does not compile.");
    }
}
