package dev.terminalcloud.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects of one installation. */
public record Manifests(List<Manifest> all) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    public Manifests {
        all = List.copyOf(all);
    }

    /** Parses the documents of a YAML stream. */
    public static Manifests parse(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            return new Manifests(documents.readAll().stream().map(Manifest::new).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Stream<Manifest> ofKind(String kind) {
        return all.stream().filter(manifest -> manifest.isA(kind));
    }

    /** Returns the object, if it is one of these. */
    public Optional<Manifest> find(String kind, String name) {
        return ofKind(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
    }

    /** Returns the pods of workloads, without those that operators make. */
    public Stream<Pod> pods() {
        return all.stream().flatMap(manifest -> manifest.pod().stream());
    }

    /** Returns the labels of each kind of pod that runs, of those that operators make as far as they are configured. */
    public Stream<Map<String, String>> podLabels() {
        return Stream.concat(
                pods().map(Pod::labels),
                Stream.of(
                                ofKind("KafkaNodePool").map(pool -> pool.at("/spec/template/pod/metadata/labels")),
                                ofKind("Kafka")
                                        .map(kafka -> kafka.at("/spec/entityOperator/template/pod/metadata/labels")),
                                ofKind("Cluster").map(cluster -> cluster.at("/spec/inheritedMetadata/labels")))
                        .flatMap(labels -> labels)
                        .map(Manifest::labels));
    }
}
