import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signatures out of copies of jars. A start-up cache holds no class of a signed jar, and
 * each start would check the signatures again; Maven has compared the originals' checksums.
 */
final class Unsign {

    private Unsign() {}

    public static void main(String[] jars) throws IOException {
        for (String jar : jars) unsign(Path.of(jar));
    }

    private static void unsign(Path jar) throws IOException {
        Path fresh = jar.resolveSibling(jar.getFileName() + ".unsigned");
        try (var in = new JarFile(jar.toFile(), false);
                var out = new ZipOutputStream(Files.newOutputStream(fresh))) {
            for (var entry : Collections.list(in.entries())) {
                String name = entry.getName();
                if (name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")) continue;
                var copy = new ZipEntry(name);
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                // The manifest's digests of each entry go with the signatures.
                if (name.equals(JarFile.MANIFEST_NAME)) {
                    var manifest = in.getManifest();
                    manifest.getEntries().clear();
                    manifest.write(out);
                } else {
                    in.getInputStream(entry).transferTo(out);
                }
                out.closeEntry();
            }
        }
        Files.move(fresh, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
