package threadbook.lab.process.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// How the bytes of a channel get from one process to the other.
sealed interface Route extends Serializable {

    /// {@return the end that sends}, opened by the process that sends
    OutputStream sender() throws IOException;

    /// {@return the end that receives}, opened by the process that receives
    InputStream receiver() throws IOException;

    /// Takes the way away; open ends may still be used to the end.
    void remove();

    /// A pipe with a name in the file system. Both ends open it for both directions, so that opening does not wait;
    /// its end is a message.
    record Pipe(String file) implements Route {
        static Pipe make(Path file) throws IOException {
            try {
                var making = new ProcessBuilder("mkfifo", file.toString())
                        .redirectErrorStream(true)
                        .start();
                String said = new String(making.getInputStream().readAllBytes());
                if (making.waitFor() != 0) {
                    throw new IOException("mkfifo refused: " + said);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while a pipe was made", e);
            }
            return new Pipe(file.toString());
        }

        private FileChannel open() throws IOException {
            return FileChannel.open(Path.of(file), StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public OutputStream sender() throws IOException {
            return Channels.newOutputStream(open());
        }

        @Override
        public InputStream receiver() throws IOException {
            return Channels.newInputStream(open());
        }

        @Override
        public void remove() {
            Folders.remove(file);
        }
    }

    /// A socket of the operating system. The process that made it waits for the other one to connect.
    final class Socket implements Route {
        private static final long serialVersionUID = 1;

        private final String file;
        private final transient @Nullable ServerSocketChannel server; // in the process that made it

        private Socket(String file, ServerSocketChannel server) {
            this.file = file;
            this.server = server;
        }

        static Socket make(Path file) throws IOException {
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(file));
            return new Socket(file.toString(), server);
        }

        private SocketChannel open() throws IOException {
            return server == null ? SocketChannel.open(UnixDomainSocketAddress.of(file)) : server.accept();
        }

        @Override
        public OutputStream sender() throws IOException {
            return Channels.newOutputStream(open());
        }

        @Override
        public InputStream receiver() throws IOException {
            return Channels.newInputStream(open());
        }

        @Override
        public void remove() {
            Folders.remove(file);
        }
    }

    /// Memory that both processes see.
    record Memory(String file) implements Route {
        static Memory make(Path file) throws IOException {
            Ring.create(file);
            return new Memory(file.toString());
        }

        @Override
        public OutputStream sender() throws IOException {
            return Ring.open(Path.of(file)).output();
        }

        @Override
        public InputStream receiver() throws IOException {
            return Ring.open(Path.of(file)).input();
        }

        @Override
        public void remove() {
            Folders.remove(file);
        }
    }

    /// {@return a name for a new way, in a folder of this process}; folders of processes that have ended are removed
    ///
    /// @param memory  in main memory where the system has such a place
    static Path newFile(boolean memory) throws IOException {
        Path shared = Path.of("/dev/shm");
        Path parent = memory && Files.isWritable(shared) ? shared : Path.of(System.getProperty("java.io.tmpdir"));
        return Folders.of(parent).resolve(Long.toString(Folders.next()));
    }
}
