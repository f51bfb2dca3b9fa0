package threadbook.kernel.handler;

import java.util.List;
import java.util.Objects;
import threadbook.kernel.protocol.Reply.KernelInfoReply;
import threadbook.kernel.protocol.Reply.Link;

/// Says who the kernel is.
public final class KernelInfoHandler {
    private static final String DOCS = "https://docs.oracle.com/en/java/javase/25/docs/api/";

    private final KernelInfoReply reply;

    public KernelInfoHandler() {
        String version = Objects.requireNonNullElse(
                KernelInfoHandler.class.getPackage().getImplementationVersion(), "development");
        String java = Runtime.version().toString();
        String banner = "Threadbook %s: Java %s (%s)".formatted(version, java, System.getProperty("java.vm.name"));
        reply = new KernelInfoReply(
                version,
                java,
                banner,
                List.of(
                        new Link("Java 25: API", DOCS),
                        new Link(
                                "Java 25: java.util.concurrent",
                                DOCS + "java.base/java/util/concurrent/package-summary.html"),
                        new Link(
                                "Java 25: language specification",
                                "https://docs.oracle.com/javase/specs/jls/se25/html/index.html")));
    }

    public KernelInfoReply handle() {
        return reply;
    }
}
