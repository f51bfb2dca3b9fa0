package threadbook.kernel.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import threadbook.kernel.protocol.MalformedMessageException;
import threadbook.kernel.protocol.Ports;

/// Where the kernel is to listen and with which key it signs, as the client that starts it has
/// written.
///
/// @param transport  `tcp`
/// @param ip         the address to listen at, such as `127.0.0.1`
/// @param key        the key of the signatures; empty for none
/// @see <a href="https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files">Connection files</a>
public record ConnectionFile(String transport, String ip, Ports ports, String key) {
    private static final int HIGHEST_PORT = 65_535;

    public ConnectionFile {
        if (!transport.equals("tcp")) {
            throw new MalformedMessageException("""
                    transport is %s, expected tcp.
                    Start the kernel with a connection file for TCP, which is what Jupyter does by default.\
                    """.formatted(transport));
        }
    }

    /// Reads the file.
    ///
    /// @throws UncheckedIOException       if it cannot be read
    /// @throws MalformedMessageException  if it is not what Jupyter writes
    public static ConnectionFile read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the connection file " + file, e);
        }
    }

    static ConnectionFile parse(byte[] json) {
        Json file = Json.object(json, "connection file");
        String scheme = file.text("signature_scheme", "hmac-sha256");
        if (!scheme.equals("hmac-sha256")) {
            throw new MalformedMessageException("signature_scheme is %s, expected hmac-sha256".formatted(scheme));
        }
        var ports = new Ports(
                port(file, "shell_port"),
                port(file, "iopub_port"),
                port(file, "stdin_port"),
                port(file, "control_port"),
                port(file, "hb_port"));
        return new ConnectionFile(file.text("transport", "tcp"), file.text("ip"), ports, file.text("key", ""));
    }

    private static int port(Json file, String field) {
        int port = file.number(field);
        if (port < 0 || port > HIGHEST_PORT) {
            throw new MalformedMessageException("%s is %s, expected 0 to %s".formatted(field, port, HIGHEST_PORT));
        }
        return port;
    }
}
