import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.io.FileDocumentSource;
import org.semanticweb.owlapi.io.RDFParserMetaData;
import org.semanticweb.owlapi.model.AxiomType;
import org.semanticweb.owlapi.model.MissingImportHandlingStrategy;
import org.semanticweb.owlapi.model.OWLAnnotationAssertionAxiom;
import org.semanticweb.owlapi.model.OWLAnnotationValue;
import org.semanticweb.owlapi.model.OWLClassExpression;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyLoaderConfiguration;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.Profiles;

/** Asks the OWL API what it finds in each file: profiles, entities, and annotated axioms. Prints JSON. */
public class OwlProfiles {
    public static void main(String[] files) throws Exception {
        Map<String, Object> answer = new LinkedHashMap<>();
        for (String file : files) {
            answer.put(file, describe(new File(file)));
        }
        System.out.println(new ObjectMapper().writeValueAsString(answer));
    }

    private static Map<String, Object> describe(File file) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        // Silent about imports: whatever is not in the file is not there.
        OWLOntologyLoaderConfiguration setting =
            new OWLOntologyLoaderConfiguration().setMissingImportHandlingStrategy(MissingImportHandlingStrategy.SILENT);
        OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new FileDocumentSource(file), setting);
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("ontology", ontology.getOntologyID().getOntologyIRI().map(Object::toString).orElse(null));
        said.put("version", ontology.getOntologyID().getVersionIRI().map(Object::toString).orElse(null));
        said.put("format", ontology.getFormat().getKey());
        said.put("unparsed", ontology.getFormat().getOntologyLoaderMetaData()
            .filter(RDFParserMetaData.class::isInstance)
            .map(RDFParserMetaData.class::cast)
            .map(data -> data.getUnparsedTriples().map(Object::toString).collect(Collectors.toList()))
            .orElse(List.of()));
        Map<String, List<String>> violations = new LinkedHashMap<>();
        for (Profiles profile :
            List.of(Profiles.OWL2_DL, Profiles.OWL2_EL, Profiles.OWL2_QL, Profiles.OWL2_RL)) {
            violations.put(profile.name(), profile.checkOntology(ontology).getViolations().stream()
                .map(Object::toString).limit(20).collect(Collectors.toList()));
        }
        said.put("violations", violations);
        said.put("classes", ontology.classesInSignature().map(c -> c.getIRI().toString()).sorted().collect(Collectors.toList()));
        said.put("individuals",
            ontology.individualsInSignature().map(i -> i.getIRI().toString()).sorted().collect(Collectors.toList()));
        said.put("subclasses", ontology.axioms(AxiomType.SUBCLASS_OF)
            .map(a -> List.of(name(a.getSubClass()), name(a.getSuperClass())))
            .collect(Collectors.toList()));
        said.put("annotated", ontology.axioms(AxiomType.ANNOTATION_ASSERTION)
            .filter(OWLAnnotationAssertionAxiom::isAnnotated).map(OwlProfiles::tell).collect(Collectors.toList()));
        return said;
    }

    private static String name(OWLClassExpression found) {
        return found.isOWLClass() ? found.asOWLClass().getIRI().toString() : found.toString();
    }

    private static Map<String, Object> tell(OWLAnnotationAssertionAxiom axiom) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("subject", axiom.getSubject().toString());
        told.put("predicate", axiom.getProperty().getIRI().toString());
        told.put("object", tell(axiom.getValue()));
        List<List<String>> facts = new ArrayList<>();
        axiom.annotations().forEach(a -> facts.add(List.of(a.getProperty().getIRI().toString(), tell(a.getValue()))));
        told.put("facts", facts);
        return told;
    }

    private static String tell(OWLAnnotationValue value) {
        return value.asLiteral().map(literal -> literal.getLiteral()).orElseGet(value::toString);
    }
}
