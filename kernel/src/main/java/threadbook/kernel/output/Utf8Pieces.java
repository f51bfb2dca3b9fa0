package threadbook.kernel.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Turns bytes that come in pieces into text: a character whose bytes are spread over several pieces
/// waits until it is whole. Bytes that are no UTF-8 become U+FFFD. Belongs to one thread.
final class Utf8Pieces {
    private static final byte[] NONE = {};

    private byte[] waiting = NONE;

    /// {@return the text of all characters that are whole now}
    String decode(byte[] bytes, int offset, int length) {
        byte[] all = bytes;
        int from = offset;
        int to = offset + length;
        if (waiting.length > 0) {
            all = new byte[waiting.length + length];
            System.arraycopy(waiting, 0, all, 0, waiting.length);
            System.arraycopy(bytes, offset, all, waiting.length, length);
            from = 0;
            to = all.length;
            waiting = NONE;
        }
        int whole = wholeUntil(all, from, to);
        if (whole < to) {
            waiting = Arrays.copyOfRange(all, whole, to);
        }
        return new String(all, from, whole - from, StandardCharsets.UTF_8);
    }

    /// {@return what is left of a character that will not be finished: U+FFFD, or nothing}
    String end() {
        if (waiting.length == 0) {
            return "";
        }
        String rest = new String(waiting, StandardCharsets.UTF_8);
        waiting = NONE;
        return rest;
    }

    /// Where the last character begins if its last bytes are missing, otherwise `to`.
    private static int wholeUntil(byte[] bytes, int from, int to) {
        for (int i = to - 1; i >= from && i >= to - 3; i--) {
            int b = bytes[i] & 0xFF;
            if ((b & 0xC0) != 0x80) {
                int needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
                return i + needed > to ? i : to;
            }
        }
        return to;
    }
}
