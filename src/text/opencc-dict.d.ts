/** opencc-js ships its character tables without types: "from to|from to|…". */
declare module "opencc-js/dict/*" {
  const pairs: string;
  export default pairs;
}
