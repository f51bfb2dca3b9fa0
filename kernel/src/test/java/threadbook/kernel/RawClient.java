package threadbook.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ.Socket;
import threadbook.kernel.protocol.Ports;
import threadbook.kernel.wire.ConnectionFile;

/// A client over real sockets that signs and frames by itself, so that the kernel's code cannot agree
/// with its own mistakes. One thread uses it.
public final class RawClient implements AutoCloseable {
    public static final String KEY = "0123-4567";
    private static final int PATIENCE_MILLIS = 15_000;

    private final ZContext context = new ZContext();
    private final Ports ports;
    public final Socket shell;
    public final Socket control;
    public final Socket heartbeat;
    public final Socket iopub;
    private int requests;

    public RawClient(Ports ports) {
        this.ports = ports;
        shell = connect(SocketType.DEALER, ports.shell());
        control = connect(SocketType.DEALER, ports.control());
        heartbeat = connect(SocketType.REQ, ports.heartbeat());
        iopub = subscribe("");
    }

    /// A connection file whose ports nobody uses.
    public static ConnectionFile connectionFile() {
        return new ConnectionFile("tcp", "127.0.0.1", freePorts(), KEY);
    }

    public Socket subscribe(String topic) {
        return subscribe(topic, 0);
    }

    /// @param unread  so many messages are taken from the network unread; 0 for all that come
    public Socket subscribe(String topic, int unread) {
        Socket socket = context.createSocket(SocketType.SUB);
        if (unread > 0) {
            socket.setRcvHWM(unread);
        }
        connect(socket, ports.iopub());
        socket.subscribe(topic.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /// Sends a request with a good signature.
    ///
    /// @return its `msg_id`
    public String send(Socket socket, String type, String content) {
        String id = "request-" + ++requests;
        String header = "{\"msg_id\":\"%s\",\"session\":\"s\",\"msg_type\":\"%s\",\"date\":\"%s\"}"
                .formatted(id, type, Instant.now());
        send(socket, "<IDS|MSG>", sign(header, "{}", "{}", content), header, "{}", "{}", content);
        return id;
    }

    public void send(Socket socket, String... frames) {
        for (int i = 0; i < frames.length; i++) {
            byte[] bytes = frames[i].getBytes(StandardCharsets.UTF_8);
            if (i < frames.length - 1) {
                socket.sendMore(bytes);
            } else {
                socket.send(bytes);
            }
        }
    }

    /// The next message as text, one string for each frame.
    public List<String> receive(Socket socket) {
        var frames = new ArrayList<String>();
        do {
            byte[] frame = socket.recv();
            if (frame == null) {
                throw new AssertionError("nothing came in " + PATIENCE_MILLIS + " ms");
            }
            frames.add(new String(frame, StandardCharsets.UTF_8));
        } while (socket.hasReceiveMore());
        return frames;
    }

    /// Waits until nothing that is published is missed any more.
    public void awaitWelcome(Socket socket) {
        while (!receive(socket).get(3).contains("iopub_welcome")) {
            // the kernel's first word, `starting`, may come before
        }
    }

    public static String sign(String... frames) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            for (String frame : frames) {
                mac.update(frame.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private Socket connect(SocketType type, int port) {
        Socket socket = context.createSocket(type);
        connect(socket, port);
        return socket;
    }

    private static void connect(Socket socket, int port) {
        socket.setReceiveTimeOut(PATIENCE_MILLIS);
        socket.setLinger(0);
        socket.connect("tcp://127.0.0.1:" + port);
    }

    private static Ports freePorts() {
        try (var a = new ServerSocket(0);
                var b = new ServerSocket(0);
                var c = new ServerSocket(0);
                var d = new ServerSocket(0);
                var e = new ServerSocket(0)) {
            return new Ports(a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), d.getLocalPort(), e.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
