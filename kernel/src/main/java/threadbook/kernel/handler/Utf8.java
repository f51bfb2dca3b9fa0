package threadbook.kernel.handler;

/// How long text is as UTF-8, without encoding it. Half a surrogate pair is sent as a question mark.
final class Utf8 {
    private Utf8() {}

    /// {@return the number of bytes}
    static long length(String text) {
        long bytes = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            bytes += bytes(c);
            i += Character.charCount(c);
        }
        return bytes;
    }

    /// {@return how many chars from the beginning make at most so many bytes}; whole lines if there
    /// are some
    static int fitting(String text, long most) {
        long bytes = 0;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            bytes += bytes(c);
            if (bytes > most) {
                break;
            }
            i += Character.charCount(c);
        }
        int lines = text.lastIndexOf('\n', i - 1) + 1;
        return lines > 0 ? lines : i;
    }

    private static int bytes(int codePoint) {
        if (codePoint < 0x80 || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
}
