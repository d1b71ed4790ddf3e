package dev.terminalcloud.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Command that writes the image of a service; {@code deploy/images/archive} prepares its folders and calls it. */
@Command(
        name = "image-tar",
        mixinStandardHelpOptions = true,
        description = "Writes the image of a service to an archive.")
public final class ImageTarCommand implements Callable<Integer> {
    @Option(names = "--name", required = true, description = "The name with the tag.")
    private String name;

    @Option(names = "--base", description = "The archive of the image to begin with; an empty image by default.")
    private Optional<Path> base;

    @Option(names = "--root", required = true, description = "The folder with the root file system.")
    private Path root;

    @Option(names = "--application", required = true, description = "The folder with the service.")
    private Path application;

    @Option(names = "--output", required = true, description = "The archive to write.")
    private Path output;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ImageTarCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        new ServiceImage(name, base, root, application).write(output);
        return 0;
    }
}
