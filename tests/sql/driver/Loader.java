import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs the main method of a class by a URLClassLoader over a class path, which Hive expects to be loaded by. */
public class Loader {
    public static void main(String[] arguments) throws Exception {
        String[] paths = arguments[0].split(File.pathSeparator);
        URL[] urls = new URL[paths.length];
        for (int i = 0; i < paths.length; i++) urls[i] = Path.of(paths[i]).toUri().toURL();
        URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(loader);
        loader.loadClass(arguments[1]).getMethod("main", String[].class)
            .invoke(null, (Object) Arrays.copyOfRange(arguments, 2, arguments.length));
    }
}
