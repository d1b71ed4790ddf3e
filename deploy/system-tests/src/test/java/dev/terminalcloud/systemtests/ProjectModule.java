package dev.terminalcloud.systemtests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A module of the build, as its POM describes it.
 *
 * @param path the folder, from the root of the repository
 * @param name the artifact id
 * @param dependencies the artifact ids of the modules of this project that it is compiled with
 */
public record ProjectModule(String path, String name, Set<String> dependencies) {
    private static final String COMPILED_WITH =
            "/project/dependencies/dependency[groupId='dev.terminalcloud' and (not(scope) or scope='compile')]/artifactId";

    /** Returns the modules in the order of the POMs; not those that only contain modules. */
    public static List<ProjectModule> all() {
        return in("").toList();
    }

    /** Returns whether the module has classes that are not tests. */
    boolean hasMainClasses() {
        return Files.isDirectory(folder().resolve("src/main/java"));
    }

    /** Returns whether its classes run in production. */
    boolean isProduction() {
        return hasMainClasses() && !path.startsWith("deploy/");
    }

    /** Returns the folder of the module. */
    public Path folder() {
        return Installation.root().resolve(path);
    }

    private static Stream<ProjectModule> in(String path) {
        Document pom = pom(Installation.root().resolve(path).resolve("pom.xml"));
        List<String> children = texts(pom, "/project/modules/module");
        if (children.isEmpty()) {
            return Stream.of(new ProjectModule(
                    path, texts(pom, "/project/artifactId").get(0), new TreeSet<>(texts(pom, COMPILED_WITH))));
        }
        return children.stream().flatMap(child -> in(path.isEmpty() ? child : path + "/" + child));
    }

    private static Document pom(Path file) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("Failed to read " + file, e);
        }
    }

    private static List<String> texts(Document pom, String expression) {
        try {
            NodeList found =
                    (NodeList) XPathFactory.newInstance().newXPath().evaluate(expression, pom, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength())
                    .mapToObj(index -> found.item(index).getTextContent().strip())
                    .toList();
        } catch (XPathExpressionException e) {
            throw new IllegalStateException(e);
        }
    }
}
