package threadbook.lab.explore.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the program prints: kept with the schedule, and no step.
final class Printing {
    private Printing() {}

    static @Nullable Object call(Call call) throws Throwable {
        String text = switch (call.name()) {
            case "println" -> (call.count() == 0 ? "" : text(call.value(0))) + "\n";
            case "print" -> text(call.value(0));
            case "printf", "format" -> formatted(call);
            case "flush" -> "";
            case "readln" -> throw call.execution().refuse("reading what somebody types", "Explore it without.");
            default -> throw call.notModelled();
        };
        call.execution().print(text);
        return call.site().descriptor().endsWith("V") ? null : call.receiver();
    }

    private static String text(@Nullable Object value) {
        return value instanceof char[] chars ? String.valueOf(chars) : String.valueOf(value);
    }

    private static String formatted(Call call) {
        return call.argument(0) instanceof Locale locale
                ? String.format(locale, (String) call.argument(1), (Object[]) call.argument(2))
                : String.format((String) call.argument(0), (Object[]) call.argument(1));
    }
}
