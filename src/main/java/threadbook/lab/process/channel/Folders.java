package threadbook.lab.process.channel;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;

/// The folders in which channels have their files: one for each process, which nobody else can read.
final class Folders {
    private static final String PREFIX = "threadbook-channels-";
    private static final AtomicLong COUNT = new AtomicLong();

    private Folders() {}

    static long next() {
        return COUNT.incrementAndGet();
    }

    /// {@return the folder of this process}; those of processes that have ended are removed
    static synchronized Path of(Path parent) throws IOException {
        Path own = parent.resolve(PREFIX + ProcessHandle.current().pid());
        if (!Files.isDirectory(own)) {
            removeOld(parent);
            Files.createDirectory(
                    own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        return own;
    }

    private static void removeOld(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                long pid = Long.parseLong(String.valueOf(folder.getFileName()).substring(PREFIX.length()));
                if (Files.isReadable(folder) && ProcessHandle.of(pid).isEmpty()) {
                    remove(folder);
                }
            }
        }
    }

    /// Removes a file, if it is still there.
    static void remove(String file) {
        try {
            Files.deleteIfExists(Path.of(file));
        } catch (IOException _) {
            // then it is removed with the folder, by a later process
        }
    }

    private static void remove(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }
}
