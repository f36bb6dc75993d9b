package dev.convoy.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on this computer that answers each path as it is told, and notes what it was asked for. */
final class Mirror implements AutoCloseable {

    /** How a path is answered. */
    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Mirror() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    URI on(String path, Answer answer) {
        server.createContext(path, exchange -> {
            asked.add(path);
            try (exchange) {
                answer.give(exchange);
            }
        });
        return uri(path);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** The paths in the order in which they were asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    static Answer content(byte[] content) {
        return exchange -> send(exchange, content.length, content);
    }

    static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Answer redirect(String location) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** Announces as many bytes, and closes the connection after these. */
    static Answer announcing(long length, byte[] content) {
        return exchange -> send(exchange, length, content);
    }

    /** Sends these bytes without saying how many they are. */
    static Answer unannounced(byte[] content) {
        return exchange -> send(exchange, 0, content);
    }

    /** Announces all, sends the first half, and then nothing. */
    Answer stalling(byte[] content) {
        return exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(Arrays.copyOf(content, content.length / 2));
            exchange.getResponseBody().flush();
            untilClosed();
        };
    }

    /** Never answers. */
    Answer silent() {
        return exchange -> untilClosed();
    }

    private void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, long length, byte[] content) throws IOException {
        exchange.sendResponseHeaders(200, length);
        OutputStream body = exchange.getResponseBody();
        body.write(content);
        body.flush();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
