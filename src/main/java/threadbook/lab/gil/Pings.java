package threadbook.lab.gil;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Asks a UDP server again and again and notes how long each answer took.
///
/// Every 20 ms, or one and a half switch intervals after the last answer where that is longer: a server that has lost
/// the lock while it sent the answer must have come back to listening, or a part of its wait would not be seen.
///
/// @param pause  ms between an answer and the next question
/// @param count  how many answers are noted
record Pings(long pause, int count) {
    private static final int EVERY = 20;
    private static final int PATIENCE = 5000; // ms, for an answer

    static Pings of(double switchMillis) {
        long pause = Math.max(EVERY, Math.round(1.5 * switchMillis));
        return new Pings(pause, pause > EVERY ? 15 : 40);
    }

    /// {@return nanoseconds for each answer, sorted}
    long[] ask(int port) throws IOException, InterruptedException {
        var took = new long[count];
        try (var socket = new DatagramSocket()) {
            socket.connect(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE);
            for (int i = -3; i < count; i++) { // the first ones warm up
                Thread.sleep(pause);
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
