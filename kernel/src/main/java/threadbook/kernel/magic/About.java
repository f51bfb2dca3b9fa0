package threadbook.kernel.magic;

import java.io.File;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import threadbook.kernel.cell.CellOutput;
import threadbook.kernel.protocol.MimeBundle;

/// `%about`: what runs here, as a table. For a teacher who wonders which Java this is, and for the
/// report of a fault.
final class About implements Magic {
    private final Supplier<Map<String, String>> doors;

    About(Supplier<Map<String, String>> doors) {
        this.doors = doors;
    }

    @Override
    public String name() {
        return "about";
    }

    @Override
    public String purpose() {
        return "versions, options and paths of this kernel";
    }

    @Override
    public void run(String arguments, CellOutput output) {
        output.display(table(facts()), Optional.empty());
    }

    private Map<String, String> facts() {
        var facts = new LinkedHashMap<String, String>();
        facts.put("Threadbook", version());
        facts.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor", "vendor unknown") + ")");
        facts.put("JDK", System.getProperty("java.home", ""));
        facts.put(
                "JVM",
                System.getProperty("java.vm.name", "") + ", process "
                        + ProcessHandle.current().pid());
        facts.put("JVM options", lines(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        facts.put("Memory", "at most %s MB".formatted(Runtime.getRuntime().maxMemory() >> 20));
        facts.put(
                "Garbage collector",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")));
        facts.put("Cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put(
                "System",
                "%s %s, %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
        facts.put("Folder", Path.of("").toAbsolutePath().toString());
        facts.put("Jars", lines(jars()));
        facts.put("Internal doors of the JDK", pairs(doors.get()));
        facts.put("Settings", pairs(settings()));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }

    private static String version() {
        // Named in the jar's manifest; classes in a folder have none.
        return Optional.ofNullable(About.class.getPackage().getImplementationVersion())
                .orElse("under development");
    }

    private static List<String> jars() {
        return Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .sorted()
                .toList();
    }

    /// What the environment sets for this kernel.
    private static Map<String, String> settings() {
        return System.getenv().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith("THREADBOOK_"))
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, _) -> first, LinkedHashMap::new));
    }

    private static String pairs(Map<String, String> map) {
        return lines(map.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList());
    }

    private static String lines(List<String> values) {
        return String.join("\n", values);
    }

    private static MimeBundle table(Map<String, String> facts) {
        var html = new StringBuilder("<table>");
        var text = new StringBuilder();
        int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        facts.forEach((name, value) -> {
            html.append("<tr><th style=\"text-align:left;vertical-align:top\">")
                    .append(escaped(name))
                    .append("</th><td style=\"text-align:left\">")
                    .append(escaped(value).replace("\n", "<br>"))
                    .append("</td></tr>");
            text.append(name)
                    .repeat(' ', width - name.length())
                    .append(value.replace("\n", "\n" + " ".repeat(width)))
                    .append('\n');
        });
        var forms = new LinkedHashMap<String, String>();
        forms.put("text/html", html.append("</table>").toString());
        forms.put("text/plain", text.toString().stripTrailing());
        return new MimeBundle(forms);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
