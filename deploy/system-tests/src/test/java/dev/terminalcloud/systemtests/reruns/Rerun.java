package dev.terminalcloud.systemtests.reruns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A test that failed and then succeeded when it was repeated, as the reports of Surefire have it.
 *
 * @param test the class and the method
 * @param failure the message of its first failure
 */
record Rerun(String test, String failure) {
    private static final int MAX_DEPTH = 5;
    private static final int MAX_LINES = 5;

    /**
     * Returns the reruns in all modules.
     *
     * @param root the folder of the repository
     * @param since the begin of the build: older reports are those of other builds
     */
    static List<Rerun> in(Path root, Instant since) throws IOException {
        try (Stream<Path> reports = Files.find(
                root,
                MAX_DEPTH,
                (file, attributes) -> file.getParent().endsWith("target/surefire-reports")
                        && file.getFileName().toString().matches("TEST-.*\\.xml")
                        && !attributes.lastModifiedTime().toInstant().isBefore(since))) {
            return reports.sorted().flatMap(Rerun::read).toList();
        }
    }

    private static Stream<Rerun> read(Path report) {
        try {
            Element suite = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
            return elements(suite.getElementsByTagName("testcase")).flatMap(Rerun::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("Failed to read %s. Run ./mvnw clean".formatted(report), e);
        }
    }

    private static Stream<Rerun> of(Element test) {
        return Stream.of("flakyFailure", "flakyError")
                .flatMap(kind -> elements(test.getElementsByTagName(kind)))
                .map(failure -> new Rerun(
                        test.getAttribute("classname") + "." + test.getAttribute("name"),
                        message(failure.getTextContent())))
                .limit(1);
    }

    /** Returns what is before the stack trace, as one line. */
    private static String message(String stackTrace) {
        return stackTrace
                .lines()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("at "))
                .filter(line -> !line.isEmpty())
                .limit(MAX_LINES)
                .collect(Collectors.joining(" "));
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(index -> (Element) nodes.item(index));
    }

    @Override
    public String toString() {
        return test + ": " + failure;
    }
}
