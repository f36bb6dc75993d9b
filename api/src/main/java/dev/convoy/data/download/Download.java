package dev.convoy.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Downloads a file from one mirror, and believes nothing that the mirror says. */
final class Download {

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** The file to write to fails, which no other mirror helps against. */
    static final class WriteException extends IOException {
        private static final long serialVersionUID = 1L;

        WriteException(IOException cause) {
            super(cause);
        }
    }

    private final HttpClient client;
    private final RemoteFile file;
    private final DownloadOptions options;

    Download(HttpClient client, RemoteFile file, DownloadOptions options) {
        this.client = client;
        this.file = file;
        this.options = options;
    }

    /**
     * Writes the file.
     *
     * @throws WriteException if it cannot be written
     * @throws IOException if the mirror does not give exactly this file
     */
    void from(URI mirror, OutputStream out) throws IOException {
        options.progress().downloaded(file, 0);
        HttpResponse<InputStream> response = answer(mirror);
        try (InputStream body = response.body();
                StallGuard guard = new StallGuard(body, options.timeout())) {
            if (response.statusCode() != 200) {
                throw new IOException("HTTP " + response.statusCode());
            }
            long announced =
                    response.headers().firstValueAsLong("Content-Length").orElse(file.size());
            if (announced != file.size()) {
                throw new IOException(
                        "the server announces " + announced + " bytes, the file has " + file.size() + " bytes");
            }
            String sha256 = copy(body, guard, out);
            if (!sha256.equals(file.sha256())) {
                throw new IOException("these are other bytes: SHA-256 " + sha256 + ", expected " + file.sha256());
            }
        }
    }

    /** Follows redirects to addresses that may be asked. */
    private HttpResponse<InputStream> answer(URI mirror) throws IOException {
        URI uri = mirror;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            HttpResponse<InputStream> response = ask(uri);
            if (!REDIRECTS.contains(response.statusCode())) {
                return response;
            }
            response.body().close();
            uri = target(uri, response);
        }
        throw new IOException("redirected more than " + MAX_REDIRECTS + " times");
    }

    private static URI target(URI from, HttpResponse<InputStream> response) throws IOException {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI to = from.resolve(location);
            boolean downgrade = "https".equalsIgnoreCase(from.getScheme()) && !"https".equalsIgnoreCase(to.getScheme());
            if (location.isEmpty() || downgrade || !RemoteFile.isAllowed(to)) {
                throw new IOException("redirected to '" + location + "', which is no https address");
            }
            return to;
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to '" + location + "', which is no address", e);
        }
    }

    /** Waits for the head of an answer. A timeout of the request itself would count the whole body in, from Java 26 on. */
    private HttpResponse<InputStream> ask(URI uri) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(HttpRequest.newBuilder(uri).GET().build(), BodyHandlers.ofInputStream());
        try {
            return answer.get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + seconds(), e);
        } catch (ExecutionException e) {
            throw failed(uri, Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("the download was interrupted", e);
        }
    }

    /** The client's exceptions for this have no message. */
    private static IOException failed(URI uri, Throwable cause) {
        return switch (cause) {
            case ConnectException e ->
                new IOException(
                        isUnresolved(e)
                                ? "no address is known of " + uri.getHost()
                                : "no connection to " + uri.getHost(),
                        e);
            case IOException e -> e;
            default -> new IOException(cause);
        };
    }

    private static boolean isUnresolved(ConnectException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    /** Copies exactly as many bytes as the file has. */
    private String copy(InputStream body, StallGuard guard, OutputStream out) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        long done = 0;
        for (int read = next(body, guard, buffer, 0); read >= 0; read = next(body, guard, buffer, done)) {
            done += read;
            if (done > file.size()) {
                throw new IOException("the server sends more than the file's " + file.size() + " bytes");
            }
            digest.update(buffer, 0, read);
            try {
                out.write(buffer, 0, read);
            } catch (IOException e) {
                throw new WriteException(e);
            }
            options.progress().downloaded(file, done);
        }
        if (done < file.size()) {
            throw new IOException("ended after " + done + " of " + file.size() + " bytes");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private int next(InputStream body, StallGuard guard, byte[] buffer, long done) throws IOException {
        int read;
        try {
            read = body.read(buffer);
        } catch (IOException e) {
            String problem = guard.stalled()
                    ? "no data for " + seconds()
                    : "broke off after " + done + " of " + file.size() + " bytes (" + e.getMessage() + ")";
            throw new IOException(problem, e);
        }
        if (guard.stalled()) {
            throw new IOException("no data for " + seconds());
        }
        guard.moved();
        return read;
    }

    private String seconds() {
        return options.timeout().toMillis() / 1000.0 + " s";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-256", e);
        }
    }
}
