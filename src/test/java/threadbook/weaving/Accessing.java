package threadbook.weaving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Each method does one thing that another thread could see, on its first line.
@SuppressWarnings("unused") // called by name
public final class Accessing {
    static int total;
    int count = 3;
    long big = 5;
    volatile double real = 0.5;
    String text = "t";
    final int[] ints = {1, 2, 3};
    final long[] longs = {4, 5};
    final String[] words = {"a", "b"};
    final boolean[] bits = {true};
    final ReentrantLock lock = new ReentrantLock();
    final ArrayBlockingQueue<String> queue = new ArrayBlockingQueue<>(4);

    static class Early {
        final int first;

        Early(int first) {
            this.first = first;
        }
    }

    static class Later extends Early {
        final long second;

        Later(long second) {
            this.second = second; // no site: nobody else can have it
            super(7);
        }
    }

    static class Worker extends Thread {
        @Override
        public void run() {}
    }

    interface Named {
        default String name() {
            return "named";
        }
    }

    static class Both extends Thread implements Named, Runnable {
        String woven() {
            return name();
        }

        public String name() {
            return Named.super.name();
        }
    }

    int readField() {
        return count;
    }

    void writeField() {
        count = 4;
    }

    void writeBig() {
        big = 6;
    }

    double readVolatile() {
        return real;
    }

    static int readStatic() {
        return total;
    }

    static void writeStatic() {
        total = 9;
    }

    int readInt(int[] a) {
        return a[1];
    }

    void writeInt(int[] a) {
        a[2] = 8;
    }

    long readLong(long[] a) {
        return a[1];
    }

    void writeLong(long[] a) {
        a[1] = 8;
    }

    byte readByte(byte[] a) {
        return a[1];
    }

    void writeByte(byte[] a) {
        a[1] = 8;
    }

    short readShort(short[] a) {
        return a[1];
    }

    void writeShort(short[] a) {
        a[1] = 8;
    }

    char readChar(char[] a) {
        return a[1];
    }

    void writeChar(char[] a) {
        a[1] = 'z';
    }

    float readFloat(float[] a) {
        return a[1];
    }

    void writeFloat(float[] a) {
        a[1] = 8f;
    }

    double readDouble(double[] a) {
        return a[1];
    }

    void writeDouble(double[] a) {
        a[1] = 8;
    }

    String readWord(String[] a) {
        return a[0];
    }

    void writeWord(String[] a) {
        a[0] = "z";
    }

    boolean flip(boolean[] a) {
        return a[0] = !a[0];
    }

    int block(Object monitor) {
        synchronized (monitor) {
            return 1;
        }
    }

    synchronized int method() {
        return 2;
    }

    static synchronized int staticMethod() {
        return 3;
    }

    synchronized void failing() {
        throw new IllegalStateException("expected");
    }

    void noArguments(ReentrantLock l) {
        l.lock();
    }

    boolean oneArgument(ArrayBlockingQueue<String> q) {
        return q.offer("x");
    }

    boolean threeWords(ArrayBlockingQueue<String> q) throws InterruptedException {
        return q.offer("x", 1, TimeUnit.SECONDS);
    }

    static String staticCall(long n) {
        return List.of(n).toString();
    }

    Object create() {
        return new ArrayList<String>(5);
    }

    int createConditionally(boolean many) {
        return new ArrayList<>(many ? List.of("a", "b") : new ArrayList<>(List.of("c"))).size();
    }

    void await(Object monitor) throws InterruptedException {
        synchronized (monitor) {
            monitor.wait(1);
        }
    }

    void inherited(Worker worker) {
        worker.start();
    }

    Runnable unlocks(ReentrantLock l) {
        return l::unlock;
    }

    static String silent(Integer a, String b) {
        int twice = a * 2;
        return b.concat(String.valueOf(Math.abs(twice)));
    }
}
