package threadbook.lab.gil;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Asks a UDP server every 20 ms and notes how long each answer took.
final class Pings {
    static final int COUNT = 40;
    private static final int EVERY = 20; // ms between an answer and the next question
    private static final int PATIENCE = 2000; // ms, for an answer

    /// Measures a server.
    @FunctionalInterface
    interface Asker {
        /// {@return nanoseconds for each answer, sorted}
        long[] ask(int port) throws IOException, InterruptedException;
    }

    private Pings() {}

    static long[] ask(int port) throws IOException, InterruptedException {
        var took = new long[COUNT];
        try (var socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE);
            for (int i = -3; i < COUNT; i++) { // the first ones warm up
                Thread.sleep(EVERY);
                long asked = System.nanoTime();
                say(socket, "x");
                listen(socket);
                if (i >= 0) {
                    took[i] = System.nanoTime() - asked;
                }
            }
            say(socket, "q");
        } catch (SocketTimeoutException e) {
            throw new IOException("The server gave no answer within %d ms".formatted(PATIENCE), e);
        }
        Arrays.sort(took);
        return took;
    }

    private static void say(DatagramSocket socket, String word) throws IOException {
        byte[] bytes = word.getBytes(StandardCharsets.US_ASCII);
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    private static void listen(DatagramSocket socket) throws IOException {
        socket.receive(new DatagramPacket(new byte[64], 64));
    }
}
