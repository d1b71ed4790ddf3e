package dev.terminalcloud.systemtests.documentation;

import dev.terminalcloud.systemtests.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A Markdown page of the repository.
 *
 * @param file absolute
 * @param text without the content of code blocks, in which {@code #} begins a comment
 */
record Page(Path file, String text) {
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\[\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Set<String> GENERATED = Set.of("target", "node_modules", "data", ".git");

    static Page of(Path file) {
        try {
            return new Page(file, CODE_BLOCK.matcher(Files.readString(file)).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all pages of the repository. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        Files.walkFileTree(Installation.root(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return GENERATED.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(of(file));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(pages);
    }

    /** Returns the targets of its links within the repository, with anchors. */
    List<String> links() {
        return LINK.matcher(CODE.matcher(text).replaceAll("`"))
                .results()
                .map(link -> link.group(1))
                .filter(target -> !target.contains("://"))
                .toList();
    }

    List<MatchResult> headings() {
        return HEADING.matcher(text).results().toList();
    }

    /** Returns the anchors of its headings, as GitHub makes them. */
    Set<String> anchors() {
        return headings().stream().map(heading -> anchor(heading.group(1))).collect(Collectors.toSet());
    }

    /** Returns the anchor of a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
                .replace(' ', '-');
    }

    /** Returns its path in the repository. */
    @Override
    public String toString() {
        return Installation.root().relativize(file).toString();
    }
}
