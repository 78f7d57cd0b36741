import java.io.File;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/** Writes a Parquet file for each pair of arguments, a path and a schema: a row of all fields, and one of the required. */
public class Layouts {
    private int next;

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 2) new Layouts().write(arguments[i], arguments[i + 1]);
    }

    private void write(String path, String schema) throws Exception {
        MessageType type = MessageTypeParser.parseMessageType("message rows { " + schema + " }");
        new File(path).getParentFile().mkdirs();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new Path(path)).withType(type).build()) {
            for (boolean whole : new boolean[] {true, false}) {
                Group row = new SimpleGroup(type);
                fill(row, whole);
                writer.write(row);
            }
        }
    }

    private void fill(Group group, boolean whole) {
        for (Type field : group.getType().getFields()) {
            int times = field.isRepetition(Type.Repetition.REPEATED) ? 2 : 1;
            if (!whole && !field.isRepetition(Type.Repetition.REQUIRED)) times = 0;
            for (int i = 0; i < times; i++) {
                if (!field.isPrimitive()) fill(group.addGroup(field.getName()), whole);
                else add(group, field);
            }
        }
    }

    private void add(Group group, Type field) {
        String name = field.getName();
        int value = ++next;
        switch (field.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32: group.add(name, value); break;
            case INT64: group.add(name, (long) value); break;
            case FLOAT: group.add(name, value + 0.5f); break;
            case DOUBLE: group.add(name, value + 0.5); break;
            case BOOLEAN: group.add(name, true); break;
            default: group.add(name, "text " + value);
        }
    }
}
