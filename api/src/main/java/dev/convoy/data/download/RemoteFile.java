package dev.convoy.data.download;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/**
 * A file that can be downloaded.
 *
 * @param name what it is called in a folder
 * @param mirrors where it is, tried in this order; https, or http on this computer itself
 * @param size in bytes; a download that is shorter or longer is refused
 * @param sha256 of its content, in lower-case hexadecimal digits
 */
public record RemoteFile(String name, List<URI> mirrors, long size, String sha256) {

    /**
     * @throws IllegalArgumentException if the name is a path, there is no mirror or one that is not https, the size is
     *     negative, or the checksum is none
     */
    public RemoteFile {
        mirrors = List.copyOf(mirrors);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("RemoteFile: a name is letters, digits, '.', '_' and '-', got " + name);
        }
        if (mirrors.isEmpty() || !mirrors.stream().allMatch(RemoteFile::isAllowed)) {
            throw new IllegalArgumentException("RemoteFile: mirrors are https addresses, got " + mirrors);
        }
        if (size < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "RemoteFile: a file has a size and a SHA-256, got " + size + " and " + sha256);
        }
    }

    /** Whether an address may be asked: nobody on the way can read along or change what it says. */
    static boolean isAllowed(URI uri) {
        return uri.getHost() != null
                && ("https".equalsIgnoreCase(uri.getScheme())
                        || "http".equalsIgnoreCase(uri.getScheme()) && isThisComputer(uri.getHost()));
    }

    private static boolean isThisComputer(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}")
                        && InetAddress.ofLiteral(host).isLoopbackAddress();
    }
}
