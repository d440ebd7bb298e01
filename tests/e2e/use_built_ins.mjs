// Uses the modules that the built-in templates made, and prints how many things they export.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
let used = 0;
for (const file of process.argv.slice(2)) {
  const module = await import(pathToFileURL(file).href);
  const names = Object.keys(module);
  assert.notEqual(names.length, 0, file);
  for (const name of names) {
    const made = module[name];
    if (name === "greet") {
      assert.equal(made("Ada"), "Hello, Ada!");
    } else if (name === "Circle") {
      const circle = new made({ radius: 2 });
      assert.equal(circle.area(), Math.PI * 4);
      assert.equal(circle.label, '"${x}" \\');
      assert.equal(circle.delete(3).radius, 6);
      assert.equal(circle.delete(3, "a/b").label, "b");
      assert.equal(JSON.stringify(circle), '{"radius":2,"label":"\\"${x}\\" \\\\"}');
    } else if (String(made).startsWith("class")) {
      const item = new made({ name: "x" });
      assert.equal(item.name, "x");
      assert.deepEqual(item.toJSON(), { name: "x" });
      assert.throws(() => { item.name = "y"; }, TypeError);
    } else if (name === "import_") {
      assert.equal(made(2), 3);
      assert.equal(made(2, 3, ""), 2);
    } else if (name === "fileName") {
      assert.equal(made("a/b"), "b");
    } else {
      assert.equal(made(), undefined, name);
    }
    used += 1;
  }
}
console.log(used);
